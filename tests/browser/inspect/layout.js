/** What a page's boxes say about its layout. An expression: `inspect(what)` gives sentences, one for each trouble. */
(() => {
  const NAMED = 'a[href], button, input, select, textarea, summary, [role=menuitem], [role=option], [tabindex="0"]';
  const SMALL = 24; // CSS pixels (WCAG 2.5.8)

  const shown = (node) =>
    node.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }) &&
    !node.closest('[inert], [aria-hidden="true"], .hidden');

  function name(node) {
    const text = (node.getAttribute('aria-label') ?? node.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40);
    const kind = [...node.classList].filter((one) => !one.startsWith('svelte-')).join('.');
    return `${node.localName}${kind ? `.${kind}` : ''} “${text}”`;
  }

  /** Wider than the screen, so that the page itself scrolls sideways or is cut off. */
  function sideways() {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push(`the page is ${root.scrollWidth - root.clientWidth} px too wide`);
    const main = document.querySelector('main') ?? document.body;
    for (const node of main.querySelectorAll('*')) {
      if (!shown(node) || scrolls(node)) continue;
      const box = node.getBoundingClientRect();
      if (box.width && (box.right > innerWidth + 1 || box.left < -1) && !within(node, scrolls)) found.push(name(node));
    }
    return found.slice(0, 5);
  }

  const scrolls = (node) => ['auto', 'scroll'].includes(getComputedStyle(node).overflowX) && node.scrollWidth > node.clientWidth;

  function within(node, test) {
    for (let up = node.parentElement; up; up = up.parentElement) if (test(up)) return true;
    return false;
  }

  /** Targets smaller than 24 px whose circle of 24 px touches another target (links within sentences are excepted). */
  function small() {
    const targets = [...document.querySelectorAll(NAMED)].filter((node) => shown(node) && node.tabIndex >= -1);
    const boxes = targets.map((node) => area(node));
    const found = [];
    targets.forEach((node, at) => {
      const box = boxes[at];
      if (!box || (box.width >= SMALL - 0.5 && box.height >= SMALL - 0.5) || inSentence(node)) return;
      const crowded = boxes.some((other, place) => {
        if (!other || place === at || targets[place].contains(node) || node.contains(targets[place])) return false;
        const tiny = other.width < SMALL || other.height < SMALL;
        return tiny ? distance(box, centre(other)) < SMALL : near(centre(box), other) < SMALL / 2;
      });
      if (crowded) found.push(`${name(node)} ${Math.round(box.width)} × ${Math.round(box.height)}`);
    });
    return found;
  }

  /** Where a press counts: a field's label too, and what a pseudo-element adds is asked of the page itself. */
  function area(node) {
    const label = node.closest('label') ?? (node.id ? document.querySelector(`label[for="${CSS.escape(node.id)}"]`) : null);
    const box = (label && node.matches('[type=checkbox], [type=radio], [type=file]') ? label : node).getBoundingClientRect();
    // Scrolled out of sight, or below something else: it cannot be pressed there.
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    if (!hit || !(node.contains(hit) || hit.contains(node))) return null;
    const after = [getComputedStyle(node, '::before'), getComputedStyle(node, '::after')].filter(
      (style) => style.content !== 'none' && style.position === 'absolute',
    );
    const width = Math.max(box.width, ...after.map((style) => parseFloat(style.width) || 0));
    const height = Math.max(box.height, ...after.map((style) => parseFloat(style.height) || 0));
    return new DOMRect(box.x - (width - box.width) / 2, box.y - (height - box.height) / 2, width, height);
  }

  const centre = (box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const distance = (box, point) => Math.hypot(centre(box).x - point.x, centre(box).y - point.y);
  const near = (point, box) =>
    Math.hypot(
      Math.max(box.left - point.x, 0, point.x - box.right),
      Math.max(box.top - point.y, 0, point.y - box.bottom),
    );

  function inSentence(node) {
    return (
      node.localName === 'a' &&
      getComputedStyle(node).display === 'inline' &&
      [...(node.parentElement?.childNodes ?? [])].some((one) => one.nodeType === 3 && one.textContent.trim())
    );
  }

  /** Words that are cut off without an ellipsis that says so. */
  function clipped() {
    const found = [];
    for (const node of document.querySelectorAll('body *')) {
      if (![...node.childNodes].some((one) => one.nodeType === 3 && one.textContent.trim()) || !shown(node)) continue;
      const style = getComputedStyle(node);
      if (style.clipPath !== 'none') continue; // for screen readers only
      if (style.display === 'inline' || style.textOverflow === 'ellipsis' || style.webkitLineClamp !== 'none') continue;
      if (['auto', 'scroll'].includes(style.overflowX) || node.closest('pre, textarea, select, svg')) continue;
      if (node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 1) found.push(`${name(node)} is too wide`);
      else if (cut(node)) found.push(`${name(node)} is cut off`);
    }
    return found;
  }

  /** A text box that reaches over the edge of a box which hides what lies beyond it. */
  function cut(node) {
    const range = document.createRange();
    range.selectNodeContents(node);
    const text = range.getBoundingClientRect();
    for (let up = node.parentElement; up && up !== document.body; up = up.parentElement) {
      const style = getComputedStyle(up);
      if (style.position === 'fixed') return false;
      if (['auto', 'scroll'].includes(style.overflowX)) return false;
      const hides = ['hidden', 'clip'].includes(style.overflowX);
      if (hides && style.textOverflow === 'ellipsis') return false;
      if (!hides) continue;
      const edge = up.getBoundingClientRect();
      if (text.right > edge.right + 1 || text.left < edge.left - 1) return true;
    }
    return false;
  }

  /** With forced colours: a control without a border, text or picture is nothing but a background, and that is gone. */
  function vanished() {
    const found = [];
    for (const node of document.querySelectorAll('button, a[href], input, select, textarea')) {
      if (!shown(node)) continue;
      const says = node.textContent.trim() || node.querySelector('svg, img') || 'value' in node;
      const style = getComputedStyle(node);
      if (!says && style.borderStyle === 'none' && style.outlineStyle === 'none') found.push(name(node));
    }
    return found;
  }

  /** What has the focus shows it: an outline, also with forced colours. */
  function unfocused() {
    const node = document.activeElement;
    if (!node || node === document.body || !node.matches(':focus-visible')) return [];
    const style = getComputedStyle(node);
    const lines = (one) => one.outlineStyle !== 'none' && parseFloat(one.outlineWidth) > 0;
    const frame = node.closest(':focus-within[data-frame], label, .field') ?? node.parentElement;
    const shows = lines(style) || lines(getComputedStyle(node, '::after')) || lines(getComputedStyle(frame)) || style.borderStyle !== 'none' || getComputedStyle(frame).borderStyle !== 'none';
    return shows ? [] : [name(node)];
  }

  window.inspect = (what) => ({ sideways, small, clipped, vanished, unfocused })[what]();
})();
