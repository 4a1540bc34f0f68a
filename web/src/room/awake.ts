// Keeps the screen on while a step is running. On plain http the browser has no such thing.

export function keepAwake(): () => void {
  let lock: WakeLockSentinel | undefined;
  let wanted = true;
  const ask = async () => {
    if (!wanted || document.hidden || !('wakeLock' in navigator)) return;
    // Refused on low battery: then the phone's own rule stands.
    lock = await navigator.wakeLock.request('screen').catch(() => undefined);
    if (!wanted) void lock?.release();
  };
  // The browser lets go whenever the page is hidden.
  document.addEventListener('visibilitychange', ask);
  void ask();
  return () => {
    wanted = false;
    document.removeEventListener('visibilitychange', ask);
    void lock?.release();
  };
}
