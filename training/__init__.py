"""Training of the emotion model: data, augmentation, network, run, evaluation, export.

Reads top to bottom in that order. Nothing here is needed at run time; the product reads only
`models/emotion.tflite` and the card beside it, which `training.export` writes.
"""
