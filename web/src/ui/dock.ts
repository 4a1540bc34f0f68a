// `use:dock` on what stands fixed at the foot of a page: toasts keep clear of it.
export function dock(foot: HTMLElement) {
  const root = document.documentElement;
  const watch = new ResizeObserver(() => {
    const sticks = getComputedStyle(foot).position === 'sticky';
    root.style.setProperty('--dock-height', sticks ? `${foot.offsetHeight}px` : '0px');
  });
  watch.observe(foot);
  return {
    destroy() {
      watch.disconnect();
      root.style.removeProperty('--dock-height');
    },
  };
}
