package cofferdam.scenarios.report;

/** What tests ask of a page. */
final class PageProbes {

    /** Text with less contrast than WCAG 2.2 demands (success criterion 1.4.3: 4.5 to 1). */
    static final String LOW_CONTRAST = """
            (() => {
              const rgb = text => text.match(/[\\d.]+/g).map(Number);
              const light = ([r, g, b]) => [r, g, b].map(v => v / 255)
                .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
                .reduce((sum, v, at) => sum + v * [0.2126, 0.7152, 0.0722][at], 0);
              const ground = element => {
                for (let e = element; e; e = e.parentElement) {
                  const colour = rgb(getComputedStyle(e).backgroundColor);
                  if (colour.length < 4 || colour[3] === 1) { return colour; }
                }
                return [255, 255, 255];
              };
              document.querySelectorAll('details').forEach(d => { d.open = true; });
              const low = new Set();
              for (const e of document.querySelectorAll('body *')) {
                const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim() !== '');
                if (!own || e.closest('svg') || e.matches('script, .visually-hidden, .zero')) { continue; }
                const a = light(rgb(getComputedStyle(e).color)), b = light(ground(e));
                const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
                if (ratio < 4.5) { low.add(e.tagName + '.' + e.className + ' ' + ratio.toFixed(2)); }
              }
              return [...low];
            })()""";

    private PageProbes() {}

    /** The same digits in order, upwards or, with -1, downwards. */
    static String inOrder(String digits, int direction) {
        return digits.chars()
                .boxed()
                .sorted((one, other) -> direction * Integer.compare(one, other))
                .map(Character::toString)
                .reduce("", String::concat);
    }
}
