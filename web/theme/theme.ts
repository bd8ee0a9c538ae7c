import type { MantineColorsTuple } from '@mantine/core';
import { createTheme } from '@mantine/core';

const iris: MantineColorsTuple = ['#f0f0fd', '#dedef8', '#bdbdf0', '#9a9ae8', '#7d7de1', '#6969d8', '#5a5ace', '#4f4fc4', '#4343ae', '#373791'];
const dark: MantineColorsTuple = ['#ececf0', '#c9cad2', '#9da0ac', '#7c7f8c', '#4b4d58', '#383a44', '#25262d', '#1c1d23', '#131418', '#0c0d10'];

export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 7 },
  colors: { iris, dark },
  black: '#1a1b20',
  fontFamily: 'var(--sb-font)',
  fontFamilyMonospace: 'var(--sb-mono)',
  headings: { fontFamily: 'var(--sb-font)', fontWeight: '600' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '18px' },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.35 }, radius: 'lg' }, styles: { title: { fontWeight: 600 } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.28 } }, styles: { title: { fontWeight: 600 } } },
    Tooltip: { defaultProps: { fz: 12, radius: 'sm' } },
    Button: { defaultProps: { fw: 500 } },
  },
});
