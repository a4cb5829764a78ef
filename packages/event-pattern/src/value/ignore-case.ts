/**
 * Text compared without case as the engine does it: one UTF-16 unit of the pattern at a time stands for
 * its lower and its upper case form, which need not be one unit long ("ß" is "ß" or "SS"), and the halves
 * of a surrogate pair, having no case and no bytes of their own, stand for "?".
 */
export class IgnoreCaseText {
  /** Shared by all texts that this one matches; undefined where case changes the length or the meaning. */
  readonly key: string | undefined;
  private readonly units: readonly (readonly string[])[];

  constructor(readonly text: string) {
    this.units = Array.from({ length: text.length }, (_, index) => formsOf(text.charAt(index)));
    this.key = this.units.every(isPlain) ? this.units.map(([lower]) => lower).join('') : undefined;
  }

  equals(value: string): boolean {
    return this.ends(value, 0).has(value.length);
  }

  startsIn(value: string): boolean {
    return this.ends(value, 0).size > 0;
  }

  endsIn(value: string): boolean {
    let starts = new Set([value.length]);
    for (const forms of this.units.toReversed()) {
      const next = new Set<number>();
      for (const end of starts)
        for (const form of forms) if (value.endsWith(form, end)) next.add(end - form.length);
      starts = next;
    }
    return starts.size > 0;
  }

  private ends(value: string, from: number): Set<number> {
    let ends = new Set([from]);
    for (const forms of this.units) {
      const next = new Set<number>();
      for (const end of ends)
        for (const form of forms) if (value.startsWith(form, end)) next.add(end + form.length);
      ends = next;
    }
    return ends;
  }
}

/** Equal for two texts that differ in the case of plain units only. */
export function caseKey(text: string): string {
  return text.toLowerCase();
}

function formsOf(unit: string): readonly string[] {
  if (/[\ud800-\udfff]/.test(unit)) return ['?'];
  return [...new Set([unit.toLowerCase(), unit.toUpperCase()])];
}

function isPlain(forms: readonly string[]): boolean {
  return forms.every((form) => form.length === 1 && form.charCodeAt(0) < 128);
}
