/** The official script of the YouTube IFrame Player API, and the part of its types that we use. */

const SCRIPT_URL = 'https://www.youtube.com/iframe_api';
export const HOST = 'https://www.youtube-nocookie.com';

export const STATE = { unstarted: -1, ended: 0, playing: 1, paused: 2, buffering: 3, cued: 5 };

export interface YouTubePlayerHandle {
  loadVideoById(id: string): void;
  playVideo(): void;
  pauseVideo(): void;
  stopVideo(): void;
  setVolume(percent: number): void;
  getCurrentTime(): number;
  getDuration(): number;
  getPlayerState(): number;
}

interface PlayerOptions {
  host: string;
  events: {
    onReady(): void;
    onStateChange(event: { data: number }): void;
    onError(event: { data: number }): void;
    onAutoplayBlocked(): void;
  };
}

export interface YouTubeApi {
  Player: new (element: HTMLElement, options: PlayerOptions) => YouTubePlayerHandle;
}

declare global {
  interface Window {
    YT?: Partial<YouTubeApi>;
    onYouTubeIframeAPIReady?: () => void;
  }
}

/** Rejects when the script does not come or does not get ready in time; may be called again then. */
export function loadIframeApi(timeoutMs: number): Promise<YouTubeApi> {
  if (window.YT?.Player) return Promise.resolve(window.YT as YouTubeApi);
  return new Promise((resolve, reject) => {
    const script = document.createElement('script');
    const fail = (reason: string) => {
      clearTimeout(timer);
      script.remove();
      reject(new Error(reason));
    };
    const timer = setTimeout(() => fail('YouTube does not answer'), timeoutMs);
    window.onYouTubeIframeAPIReady = () => {
      clearTimeout(timer);
      resolve(window.YT as YouTubeApi);
    };
    script.onerror = () => fail('YouTube cannot be reached');
    script.src = SCRIPT_URL;
    document.head.append(script);
  });
}

export function embedUrl(videoId: string, origin: string): string {
  const query = new URLSearchParams({
    enablejsapi: '1',
    autoplay: '1',
    playsinline: '1',
    rel: '0',
    origin,
    widget_referrer: origin,
  });
  return `${HOST}/embed/${encodeURIComponent(videoId)}?${query}`;
}
