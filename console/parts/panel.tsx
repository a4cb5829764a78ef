import type { ComponentChildren } from 'preact';

export const Panel = ({
  title,
  actions,
  children,
  flush = false,
}: {
  title?: ComponentChildren;
  actions?: ComponentChildren;
  children: ComponentChildren;
  /** What is in it reaches the edges. */
  flush?: boolean;
}) => (
  <section class={flush ? 'panel flush' : 'panel'}>
    {title !== undefined && (
      <div class="panel-head">
        <h2>{title}</h2>
        {actions !== undefined && <div class="actions">{actions}</div>}
      </div>
    )}
    {children}
  </section>
);

/** What stands where there is nothing yet: what to do next. */
export const Empty = ({ title, children }: { title: string; children?: ComponentChildren }) => (
  <div class="empty">
    <p class="empty-title">{title}</p>
    {children}
  </div>
);

export const Facts = ({ of }: { of: readonly { label: string; value: ComponentChildren }[] }) => (
  <dl class="facts">
    {of.map(({ label, value }) => (
      <div key={label}>
        <dt>{label}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
