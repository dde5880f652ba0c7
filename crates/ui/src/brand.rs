//! The merchant's colour, made readable: one hex in, the guest pages' palette out.
//!
//! Worked out in OKLCH: the hue stays, lightness and chroma move until the text is readable.

/// The colour of a merchant that has not chosen one.
pub const DEFAULT: &str = "#0f5c50";

/// The least contrast of text on its background (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// One theme's colours, as `#rrggbb`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Filled buttons; white on it is readable.
    pub fill: String,
    /// The same while pointed at.
    pub hover: String,
    /// Text in the brand's colour, readable on `soft`.
    pub ink: String,
    /// Tinted background.
    pub soft: String,
    /// Edges of tinted things.
    pub line: String,
}

/// The `style` attribute that hands both palettes to the style sheet.
pub fn style(brand: &str) -> String {
    let (light, dark) = palettes(brand);
    let pair = |name: &str, light: &str, dark: &str| format!("{name}:light-dark({light},{dark});");
    [
        pair("--m", &light.fill, &dark.fill),
        pair("--m-hover", &light.hover, &dark.hover),
        pair("--m-ink", &light.ink, &dark.ink),
        pair("--m-soft", &light.soft, &dark.soft),
        pair("--m-line", &light.line, &dark.line),
    ]
    .concat()
}

/// The light and the dark palette of a colour; anything but `#rrggbb` gives the default's.
pub fn palettes(brand: &str) -> (Palette, Palette) {
    let base = parse(brand).or_else(|| parse(DEFAULT)).unwrap_or_default();
    let base = Lch::of(base);
    (light(base), dark(base))
}

fn light(base: Lch) -> Palette {
    let fill = darken_until(base, |it| contrast(it.rgb(), WHITE) >= READABLE);
    let soft = Lch {
        l: 0.955,
        c: (base.c * 0.11).min(0.018),
        h: base.h,
    };
    let ink = darken_until(
        Lch {
            l: fill.l.min(0.42),
            ..fill
        },
        |it| contrast(it.rgb(), soft.rgb()) >= READABLE,
    );
    Palette {
        fill: fill.hex(),
        hover: Lch {
            l: fill.l - 0.06,
            ..fill
        }
        .hex(),
        ink: ink.hex(),
        soft: soft.hex(),
        line: Lch {
            l: 0.88,
            c: (base.c * 0.4).min(0.06),
            h: base.h,
        }
        .hex(),
    }
}

fn dark(base: Lch) -> Palette {
    let wanted = Lch {
        l: base.l.max(0.56),
        ..base
    };
    let fill = darken_until(wanted, |it| contrast(it.rgb(), WHITE) >= READABLE);
    let soft = Lch {
        l: 0.275,
        c: (base.c * 0.4).min(0.055),
        h: base.h,
    };
    let ink = lighten_until(
        Lch {
            l: 0.78,
            c: base.c.min(0.11),
            h: base.h,
        },
        |it| contrast(it.rgb(), soft.rgb()) >= READABLE,
    );
    let hover = darken_until(
        Lch {
            l: fill.l + 0.03,
            ..fill
        },
        |it| contrast(it.rgb(), WHITE) >= READABLE,
    );
    Palette {
        fill: fill.hex(),
        hover: hover.hex(),
        ink: ink.hex(),
        soft: soft.hex(),
        line: Lch {
            l: 0.4,
            c: (base.c * 0.5).min(0.07),
            h: base.h,
        }
        .hex(),
    }
}

const WHITE: Rgb = Rgb(255, 255, 255);
const STEP: f64 = 0.005;

fn darken_until(from: Lch, enough: impl Fn(Lch) -> bool) -> Lch {
    let mut it = from;
    while !enough(it) && it.l > 0.0 {
        it.l -= STEP;
    }
    it
}

fn lighten_until(from: Lch, enough: impl Fn(Lch) -> bool) -> Lch {
    let mut it = from;
    while !enough(it) && it.l < 1.0 {
        it.l += STEP;
    }
    it
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Rgb(u8, u8, u8);

fn parse(text: &str) -> Option<Rgb> {
    let digits = text
        .strip_prefix('#')
        .filter(|rest| rest.len() == 6 && rest.is_ascii())?;
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some(Rgb(byte(0)?, byte(2)?, byte(4)?))
}

/// Contrast of two colours, 1 to 21 (WCAG 2.2).
fn contrast(one: Rgb, other: Rgb) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn luminance(Rgb(r, g, b): Rgb) -> f64 {
    0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
}

fn linear(byte: u8) -> f64 {
    let value = f64::from(byte) / 255.0;
    if value <= 0.040_45 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

fn encoded(value: f64) -> u8 {
    let value = value.clamp(0.0, 1.0);
    let curved = if value <= 0.003_130_8 {
        value * 12.92
    } else {
        1.055 * value.powf(1.0 / 2.4) - 0.055
    };
    (curved * 255.0).round() as u8
}

/// A colour in OKLCH; the hue in radians.
#[derive(Clone, Copy, Debug)]
struct Lch {
    l: f64,
    c: f64,
    h: f64,
}

impl Lch {
    fn of(Rgb(r, g, b): Rgb) -> Lch {
        let (r, g, b) = (linear(r), linear(g), linear(b));
        let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
        let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
        let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
        let a = 1.977_998_495_1 * l - 2.428_592_205 * m + 0.450_593_709_9 * s;
        let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766 * s;
        let lightness = 0.210_454_255_3 * l + 0.793_617_785 * m - 0.004_072_046_8 * s;
        Lch {
            l: lightness,
            c: a.hypot(b),
            h: b.atan2(a),
        }
    }

    /// Linear RGB; outside 0..1 when the screen cannot show it.
    fn unbounded(self) -> [f64; 3] {
        let (a, b) = (self.c * self.h.cos(), self.c * self.h.sin());
        let l = (self.l + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
        let m = (self.l - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
        let s = (self.l - 0.089_484_177_5 * a - 1.291_485_548 * b).powi(3);
        [
            4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
            -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
            -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701 * s,
        ]
    }

    /// The nearest colour a screen can show: chroma gives way, hue and lightness stay.
    fn rgb(self) -> Rgb {
        let mut it = self;
        let fits = |it: &Lch| {
            it.unbounded()
                .iter()
                .all(|part| (-0.0001..=1.0001).contains(part))
        };
        while !fits(&it) && it.c > 0.001 {
            it.c -= 0.002;
        }
        let [r, g, b] = it.unbounded();
        Rgb(encoded(r), encoded(g), encoded(b))
    }

    fn hex(self) -> String {
        let Rgb(r, g, b) = self.rgb();
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BRANDS: [&str; 12] = [
        "#9b2d5c", "#0f5c50", "#ffffff", "#000000", "#ffe600", "#ff0000", "#00ff00", "#0000ff",
        "#7f7f7f", "#00e5ff", "#ff9ad5", "#3b2f2f",
    ];

    fn on(front: &str, back: &str) -> f64 {
        contrast(
            parse(front).expect("a colour"),
            parse(back).expect("a colour"),
        )
    }

    #[test]
    fn white_on_the_button_and_brand_words_on_tint_are_readable_in_both_themes() {
        for brand in BRANDS {
            let (light, dark) = palettes(brand);
            for palette in [light, dark] {
                assert!(
                    on("#ffffff", &palette.fill) >= READABLE,
                    "{brand} {palette:?}"
                );
                assert!(
                    on("#ffffff", &palette.hover) >= READABLE,
                    "{brand} {palette:?}"
                );
                assert!(
                    on(&palette.ink, &palette.soft) >= READABLE,
                    "{brand} {palette:?}"
                );
            }
        }
    }

    #[test]
    fn brand_words_are_readable_on_the_page_too() {
        for brand in BRANDS {
            let (light, dark) = palettes(brand);
            assert!(on(&light.ink, "#f7f6f2") >= READABLE, "{brand} {light:?}");
            assert!(on(&dark.ink, "#101413") >= READABLE, "{brand} {dark:?}");
        }
    }

    #[test]
    fn a_colour_that_is_readable_already_stays_itself() {
        assert_eq!(palettes("#9b2d5c").0.fill, "#9b2d5c");
    }

    #[test]
    fn anything_but_a_colour_gives_the_default() {
        for text in ["", "red", "#12345", "#gggggg", "#ééé", "\"><script>"] {
            assert_eq!(palettes(text), palettes(DEFAULT));
        }
    }
}
