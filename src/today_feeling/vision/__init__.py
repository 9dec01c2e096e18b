"""Finding and reading a face in a picture. Runs on the user's device, never in the server."""

import os

# OpenCV and its FFmpeg read these when they load; our own errors say what is wrong with a file.
os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
