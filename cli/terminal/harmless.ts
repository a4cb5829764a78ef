const escape = '\u001b';

/**
 * Customers write what events hold, and a terminal obeys what it is shown: every control and every turn of the direction is
 * written as JSON would, `\u001b`. Line ends and tabs stay, and the styles of our own words, which harm nobody.
 */
export const harmless = (text: string): string =>
  text.replace(
    /([^\P{Cc}\n\t]|[\p{Bidi_Control}\u2028\u2029])(\[[012]m)?/gu,
    (found: string, control: string, style = '') =>
      control === escape && style !== ''
        ? found
        : `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}${style}`,
  );
