//! Figures at each size, as a table in Markdown and as a chart that needs no program to be seen.

use std::fmt::Write;

/// One thing that was measured.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    what: String,
    clients: u32,
    per_second: f64,
    p50_ms: f64,
    p99_ms: f64,
}

/// What was measured with so many orders in the database.
pub struct Size {
    pub orders: u64,
    pub figures: Vec<Figure>,
}

impl Size {
    /// Reads what `xtask load` wrote: what, clients, a second, p50, p99, processor, by tabs.
    pub fn read(orders: u64, text: &str) -> Result<Self, String> {
        let figures: Result<Vec<Figure>, String> = text.lines().map(figure).collect();
        Ok(Self {
            orders,
            figures: figures?,
        })
    }

    fn of(&self, what: &str, clients: u32) -> Option<&Figure> {
        let mut figures = self.figures.iter();
        figures.find(|one| one.what == what && one.clients == clients)
    }
}

fn figure(line: &str) -> Result<Figure, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let number = |at: usize| {
        let cell = cells.get(at).and_then(|cell| cell.parse::<f64>().ok());
        cell.ok_or_else(|| format!("no figure {at} in {line:?}"))
    };
    let clients = cells.get(1).and_then(|cell| cell.parse().ok());
    Ok(Figure {
        what: cells[0].to_owned(),
        clients: clients.ok_or_else(|| format!("no clients in {line:?}"))?,
        per_second: number(2)?,
        p50_ms: number(3)?,
        p99_ms: number(4)?,
    })
}

/// The kinds of figures of the first size, in their order.
fn kinds(sizes: &[Size]) -> Vec<(String, u32)> {
    let first = sizes.first().map(|size| size.figures.as_slice());
    let figures = first.unwrap_or_default().iter();
    figures.map(|one| (one.what.clone(), one.clients)).collect()
}

/// A row for each figure, a column for each size.
pub fn table(sizes: &[Size]) -> String {
    let mut text = String::from("| what | clients |");
    for size in sizes {
        let _ = write!(text, " {} orders |", grouped(size.orders));
    }
    text.push_str("\n| --- | --- |");
    text.push_str(&" --- |".repeat(sizes.len()));
    text.push('\n');
    for (what, clients) in kinds(sizes) {
        let _ = write!(text, "| {what} | {clients} |");
        for size in sizes {
            let cell = size.of(&what, clients).map_or_else(
                || "–".to_owned(),
                |one| {
                    let (second, p50, p99) = (one.per_second, one.p50_ms, one.p99_ms);
                    format!("p50 {p50:.1} ms, p99 {p99:.1} ms, {second:.0} a second")
                },
            );
            let _ = write!(text, " {cell} |");
        }
        text.push('\n');
    }
    text
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

const WIDTH: f64 = 970.0;
const HEIGHT: f64 = 420.0;
const TOP: f64 = 56.0;
const BOTTOM: f64 = 372.0;
/// The sides of the two panels; the names of the lines stand right of each.
const PANELS: [(f64, f64); 2] = [(56.0, 296.0), (536.0, 776.0)];
/// Lines are told apart by colour, and by their names at their ends.
const COLOURS: [&str; 8] = [
    "#0b6e4f", "#b3541e", "#31539c", "#8a2d6b", "#5b6770", "#9a7400", "#c0392b", "#1f7a8c",
];
const NAME_HEIGHT: f64 = 15.0;

/// Two panels over the number of orders, both scales logarithmic: how long the slowest of a
/// hundred takes one client, and how much many clients get in a second.
pub fn svg(sizes: &[Size]) -> String {
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"sans-serif\" font-size=\"12\">\n\
         <title>The cost of growth</title>\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/>\n"
    );
    let (alone, together): (Vec<_>, Vec<_>) = kinds(sizes)
        .into_iter()
        .partition(|(_, clients)| *clients == 1);
    let panels = [
        Panel::new("p99 in milliseconds, one client", alone, sizes, |one| {
            one.p99_ms
        }),
        Panel::new("a second, many clients", together, sizes, |one| {
            one.per_second
        }),
    ];
    for (panel, sides) in panels.iter().zip(PANELS) {
        panel.draw(&mut text, sides, sizes);
    }
    text.push_str("</svg>\n");
    text
}

/// One line of a panel: its name, and a value for each size that has one.
struct Line {
    name: String,
    values: Vec<Option<f64>>,
}

struct Panel {
    title: &'static str,
    lines: Vec<Line>,
    /// The powers of ten between which all values lie.
    decades: (i32, i32),
}

impl Panel {
    fn new(
        title: &'static str,
        kinds: Vec<(String, u32)>,
        sizes: &[Size],
        value: impl Fn(&Figure) -> f64,
    ) -> Self {
        let line = |(what, clients): (String, u32)| Line {
            values: sizes
                .iter()
                .map(|size| size.of(&what, clients).map(&value).filter(|one| *one > 0.0))
                .collect(),
            name: if clients == 1 {
                what
            } else {
                format!("{what}, {clients} clients")
            },
        };
        let lines: Vec<Line> = kinds.into_iter().map(line).collect();
        let all = lines.iter().flat_map(|line| &line.values).flatten();
        let (least, most) = all.fold((f64::MAX, f64::MIN), |(least, most), one| {
            (one.log10().min(least), one.log10().max(most))
        });
        #[expect(clippy::cast_possible_truncation, reason = "powers of ten are small")]
        let decades = match least <= most {
            true => (
                least.floor() as i32,
                (most.ceil() as i32).max(least.floor() as i32 + 1),
            ),
            false => (0, 1),
        };
        Self {
            title,
            lines,
            decades,
        }
    }

    fn height(&self, value: f64) -> f64 {
        let (low, high) = (f64::from(self.decades.0), f64::from(self.decades.1));
        BOTTOM - (value.log10() - low) / (high - low) * (BOTTOM - TOP)
    }

    fn draw(&self, text: &mut String, (left, right): (f64, f64), sizes: &[Size]) {
        let _ = writeln!(
            text,
            "<text x=\"{left}\" y=\"28\" font-size=\"14\" font-weight=\"bold\">{}</text>",
            self.title
        );
        for decade in self.decades.0..=self.decades.1 {
            let value = 10_f64.powi(decade);
            let y = self.height(value);
            let _ = writeln!(
                text,
                "<path d=\"M{left} {y:.1}H{right}\" stroke=\"#d5d9dd\"/>\
                 <text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#444c54\">{value}</text>",
                left - 6.0,
                y + 4.0
            );
        }
        let across = |at: usize| {
            let steps = sizes.len().saturating_sub(1).max(1);
            #[expect(clippy::cast_precision_loss, reason = "there are few sizes")]
            let share = at as f64 / steps as f64;
            left + share * (right - left)
        };
        for (at, size) in sizes.iter().enumerate() {
            let _ = writeln!(
                text,
                "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#444c54\">{}</text>",
                across(at),
                BOTTOM + 20.0,
                grouped(size.orders)
            );
        }
        let _ = writeln!(
            text,
            "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#444c54\">orders in the \
             database</text>",
            f64::midpoint(left, right),
            BOTTOM + 38.0
        );
        self.draw_lines(text, right, across);
    }

    fn draw_lines(&self, text: &mut String, right: f64, across: impl Fn(usize) -> f64) {
        let mut names: Vec<(f64, usize)> = Vec::new();
        for (number, line) in self.lines.iter().enumerate() {
            let points = line.values.iter().enumerate();
            let points: Vec<(f64, f64)> = points
                .filter_map(|(at, value)| Some((across(at), self.height((*value)?))))
                .collect();
            let Some(&(_, last)) = points.last() else {
                continue;
            };
            names.push((last, number));
            let colour = COLOURS[number % COLOURS.len()];
            let path: Vec<String> = points
                .iter()
                .map(|(x, y)| format!("{x:.1},{y:.1}"))
                .collect();
            let _ = writeln!(
                text,
                "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
                path.join(" ")
            );
            for (x, y) in points {
                let _ = writeln!(
                    text,
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>"
                );
            }
        }
        // Names that would lie on each other move down.
        names.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut free_from = f64::MIN;
        for (y, number) in names {
            let y = y.max(free_from);
            free_from = y + NAME_HEIGHT;
            let _ = writeln!(
                text,
                "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{}\">{}</text>",
                right + 8.0,
                y + 4.0,
                COLOURS[number % COLOURS.len()],
                escaped(&self.lines[number].name)
            );
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::{Size, grouped, svg, table};

    fn sizes() -> Vec<Size> {
        let of = |orders, p99| {
            let text = format!("Today\t1\t400\t1.5\t{p99}\t1\norder\t64\t900\t40\t80\t0.9\n");
            Size::read(orders, &text).expect("the figures are whole")
        };
        vec![of(10_000, "2.0"), of(1_000_000, "20.0")]
    }

    #[test]
    fn each_figure_has_a_row_and_each_size_a_column() {
        let table = table(&sizes());
        let row = "| Today | 1 | p50 1.5 ms, p99 2.0 ms, 400 a second | \
                   p50 1.5 ms, p99 20.0 ms, 400 a second |";
        assert!(
            table.contains("| 10,000 orders | 1,000,000 orders |"),
            "{table}"
        );
        assert!(table.contains(row), "{table}");
    }

    #[test]
    fn ten_times_as_long_is_a_decade_higher_and_every_line_has_its_name() {
        let picture = svg(&sizes());
        assert!(picture.contains(">Today</text>") && picture.contains(">order, 64 clients</text>"));
        let line = picture.lines().find(|line| line.starts_with("<polyline"));
        let line = line.expect("a line is drawn");
        let heights: Vec<f64> = line
            .split(['"', ' '])
            .filter_map(|point| point.split_once(',')?.1.parse().ok())
            .collect();
        let decade = (super::BOTTOM - super::TOP) / 2.0;
        assert!(
            (heights[0] - heights[1] - decade).abs() < 0.2,
            "{heights:?}"
        );
        assert!(Size::read(1, "Today\t1\tmany\t1\t1\t1").is_err());
        assert_eq!(grouped(1_234_567), "1,234,567");
    }
}
