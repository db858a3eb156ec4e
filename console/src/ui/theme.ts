// Mantine in the shop's palette: its variables point at tokens.css, so light and dark need no second list here.

import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
  type VariantColorsResolver,
} from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { createElement } from 'react';

const GOLD = [
  '#f9f3e3',
  '#f4ead2',
  '#e8d5a3',
  '#dcb95f',
  '#d3ad4c',
  '#b08728',
  '#7a5a14',
  '#7a5a14',
  '#694c10',
  '#57400c',
] as const;

/** Mantine's greys in light: paper and ink of tokens.css. */
const PAPER = [
  '#faf8f4',
  '#f3efe7',
  '#e6e0d4',
  '#d3cabb',
  '#d3cabb',
  '#8d8577',
  '#6d675b',
  '#565147',
  '#3a362f',
  '#1d1b18',
] as const;

/** And in dark: ink-blue grey, lightest first. */
const SLATE = [
  '#ece8df',
  '#bab4a8',
  '#9a958a',
  '#7d7a73',
  '#3b424c',
  '#2b3038',
  '#1b1f25',
  '#14171b',
  '#111418',
  '#0d0f12',
] as const;

export const colorSchemeManager = localStorageColorSchemeManager({ key: 'swati.theme' });

/** Colours of buttons and notices; each pair of text and ground holds AA in both themes. */
const PAIRS: Record<string, { fill: string; on: string; soft: string; text: string }> = {
  gold: { fill: 'var(--gold-fill)', on: 'var(--on-gold)', soft: 'var(--gold-soft)', text: 'var(--gold)' },
  red: { fill: 'var(--out)', on: 'var(--page)', soft: 'var(--out-soft)', text: 'var(--out)' },
  green: { fill: 'var(--in)', on: 'var(--page)', soft: 'var(--in-soft)', text: 'var(--in)' },
  gray: { fill: 'var(--ink-2)', on: 'var(--page)', soft: 'var(--rail)', text: 'var(--ink-2)' },
};

const variantColorResolver: VariantColorsResolver = (input) => {
  const resolved = defaultVariantColorsResolver(input);
  const pair = PAIRS[input.color ?? 'gold'];
  if (pair === undefined) return resolved;
  const { fill, on, soft, text } = pair;
  if (input.variant === 'filled') {
    const hover = `color-mix(in srgb, ${fill} 88%, var(--ink))`;
    return { ...resolved, background: fill, hover, color: on, hoverColor: on };
  }
  if (input.variant === 'light') return { ...resolved, background: soft, hover: soft, color: text };
  return input.variant === 'subtle' ? { ...resolved, hover: soft, color: text } : resolved;
};

export const theme = createTheme({
  variantColorResolver,
  primaryColor: 'gold',
  primaryShade: { light: 6, dark: 4 },
  colors: { gold: [...GOLD], gray: [...PAPER], dark: [...SLATE] },
  fontFamily: '"Inter Variable", "Noto Sans Devanagari Variable", system-ui, sans-serif',
  headings: { fontFamily: 'inherit', fontWeight: '600' },
  defaultRadius: 8,
  cursorType: 'pointer',
  respectReducedMotion: true,
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    // A label keeps clear of the focused field's ring: it would cut the marks below Devanagari letters.
    InputWrapper: {
      styles: {
        label: { marginBottom: 4 },
        description: { marginBottom: 4, fontSize: 12.5 },
        error: { fontSize: 12.5 },
      },
    },
    SegmentedControl: {
      defaultProps: { radius: 8, withItemsBorders: false },
      styles: {
        root: { background: 'var(--sheet)', border: '1px solid var(--line-strong)', padding: 2 },
        indicator: { background: 'var(--gold-soft)', boxShadow: 'inset 0 0 0 1px var(--gold-line)' },
        label: {
          fontWeight: 500,
          color: 'var(--ink-2)',
          // The smallest phones have no room for more beside four choices.
          padding: '4px clamp(5px, 1.6vw, 10px)',
          lineHeight: 1.5,
        },
      },
    },
    Modal: {
      styles: { content: { background: 'var(--sheet)' }, header: { background: 'var(--sheet)' } },
      defaultProps: { centered: true, radius: 12, overlayProps: { backgroundOpacity: 0.35 } },
    },
    Menu: { defaultProps: { checkIcon: createElement(IconCheck, { size: 14, 'aria-hidden': true }) } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
  },
});

const shared = {
  '--mantine-color-body': 'var(--page)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-2)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-anchor': 'var(--gold)',
  '--mantine-color-error': 'var(--out)',
  '--mantine-color-default': 'var(--sheet)',
  '--mantine-color-default-hover': 'var(--rail)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-disabled': 'var(--rail)',
  '--mantine-color-disabled-color': 'var(--ink-3)',
  '--mantine-color-gold-filled': 'var(--gold-fill)',
  '--mantine-color-gold-filled-hover': 'color-mix(in srgb, var(--gold-fill) 88%, var(--ink))',
  '--mantine-color-gold-light': 'var(--gold-soft)',
  '--mantine-color-gold-light-hover': 'var(--gold-soft)',
  '--mantine-color-gold-light-color': 'var(--gold)',
  '--mantine-color-gold-outline': 'var(--gold-line)',
  '--mantine-color-gold-text': 'var(--gold)',
  '--mantine-primary-color-contrast': 'var(--on-gold)',
  '--mantine-line-height': '1.5',
};

export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {},
  light: shared,
  dark: shared,
});
