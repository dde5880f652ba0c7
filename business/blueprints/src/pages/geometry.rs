//! Where everything of the drawing stands, in pixels.

use kernel::Bilingual;

use crate::model::{Body, Lane, Step};

/// Width of the column of lane names.
pub const LABELS: i64 = 100;
/// Height of the row of phase names.
pub const HEAD: i64 = 34;
/// Height of a dividing line.
pub const LINE: i64 = 24;
/// Height of the strip of minutes.
pub const STRIP: i64 = 150;
/// Height of a piece of evidence.
pub const EVIDENCE: i64 = 34;
/// Space on either side of a card within its column.
const MARGIN: i64 = 7;

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// From the left.
    pub left: i64,
    /// From the top.
    pub top: i64,
    /// How wide.
    pub width: i64,
    /// How high.
    pub height: i64,
}

impl Place {
    /// As a style; numbers only.
    pub fn style(&self) -> String {
        let Self {
            left,
            top,
            width,
            height,
        } = self;
        format!("left:{left}px;top:{top}px;width:{width}px;height:{height}px")
    }

    const fn middle(&self) -> i64 {
        self.left + self.width / 2
    }

    const fn centre(&self) -> i64 {
        self.top + self.height / 2
    }

    const fn right(&self) -> i64 {
        self.left + self.width
    }

    const fn bottom(&self) -> i64 {
        self.top + self.height
    }
}

/// Height of a card, space above and below the stack, space between two.
const fn card(lane: Lane) -> (i64, i64, i64) {
    match lane {
        Lane::Customer => (58, 22, 16),
        Lane::Frontstage | Lane::Backstage => (88, 25, 18),
        Lane::Support => (46, 19, 14),
    }
}

/// The drawing of one body.
pub struct Geometry<'b> {
    body: &'b Body,
    /// Width of one phase.
    pub column: i64,
    /// Top and height of the evidence row.
    pub evidence: (i64, i64),
    lanes: [(i64, i64); 4],
}

impl<'b> Geometry<'b> {
    /// Measures a body.
    pub fn new(body: &'b Body) -> Self {
        let phases = i64::try_from(body.phases.len()).unwrap_or(1).max(1);
        let most = |count: &dyn Fn(&str) -> usize| {
            let most = body.phases.iter().map(|phase| count(&phase.key)).max();
            i64::try_from(most.unwrap_or(0)).unwrap_or(0).max(1)
        };
        let pieces = most(&|key| body.evidence.iter().filter(|e| e.phase == key).count());
        let evidence = (HEAD, pieces * (EVIDENCE + 6) + 14);
        let mut top = evidence.0 + evidence.1;
        let lanes = Lane::ALL.map(|lane| {
            let (height, around, between) = card(lane);
            let cards = most(&|key| body.cell(key, lane).count());
            let place = (top, 2 * around + cards * height + (cards - 1) * between);
            top = place.0 + place.1 + LINE;
            place
        });
        Self {
            body,
            column: (847 / phases).clamp(121, 220),
            evidence,
            lanes,
        }
    }

    /// Top and height of a lane.
    pub fn lane(&self, lane: Lane) -> (i64, i64) {
        self.lanes[lane as usize]
    }

    /// Where the strip of minutes begins: the end of the lanes.
    pub fn strip(&self) -> i64 {
        let (top, height) = self.lane(Lane::Support);
        top + height
    }

    /// Width of the whole drawing.
    pub fn width(&self) -> i64 {
        LABELS + self.column * i64::try_from(self.body.phases.len()).unwrap_or(1)
    }

    /// Left edge of a phase.
    pub fn left(&self, phase: usize) -> i64 {
        LABELS + self.column * i64::try_from(phase).unwrap_or(0)
    }

    fn cell(&self, phase: usize, top: i64, height: i64) -> Place {
        Place {
            left: self.left(phase) + MARGIN,
            top,
            width: self.column - 2 * MARGIN,
            height,
        }
    }

    /// Where a piece of evidence stands, the `index`th of its phase.
    pub fn evidence_at(&self, phase: usize, index: usize) -> Place {
        let index = i64::try_from(index).unwrap_or(0);
        self.cell(
            phase,
            self.evidence.0 + 10 + index * (EVIDENCE + 6),
            EVIDENCE,
        )
    }

    /// Where the `index`th card of a cell stands; stacks are centred in their lane.
    fn card_at(&self, phase: usize, lane: Lane, index: usize, count: usize) -> Place {
        let (height, _, between) = card(lane);
        let (index, count) = (
            i64::try_from(index).unwrap_or(0),
            i64::try_from(count).unwrap_or(1),
        );
        let (top, lane_height) = self.lane(lane);
        let stack = count * height + (count - 1) * between;
        let first = top + (lane_height - stack) / 2;
        self.cell(phase, first + index * (height + between), height)
    }

    /// The whole cell of a phase and a lane.
    pub fn zone(&self, phase: usize, lane: Lane) -> Place {
        let (top, height) = self.lane(lane);
        Place {
            left: self.left(phase),
            top,
            width: self.column,
            height,
        }
    }

    /// Every step with its place.
    pub fn cards(&self) -> Vec<(&'b Step, Place)> {
        let mut cards = Vec::with_capacity(self.body.steps.len());
        for (column, phase) in self.body.phases.iter().enumerate() {
            for lane in Lane::ALL {
                let steps: Vec<&Step> = self.body.cell(&phase.key, lane).collect();
                for (index, step) in steps.iter().enumerate() {
                    cards.push((*step, self.card_at(column, lane, index, steps.len())));
                }
            }
        }
        cards
    }

    fn has(&self, phase: &str, lane: Lane) -> bool {
        self.body
            .steps
            .iter()
            .any(|step| step.phase == phase && step.lane == lane)
    }

    /// Where a step can be added: empty cells of the lanes in which staff work, unless an arrow
    /// crosses them.
    pub fn empty_cells(&self) -> Vec<(usize, Lane, Place)> {
        let mut cells = Vec::new();
        for (column, phase) in self.body.phases.iter().enumerate() {
            for lane in [Lane::Frontstage, Lane::Backstage] {
                let crossed = lane == Lane::Backstage
                    && self.has(&phase.key, Lane::Frontstage)
                    && self.has(&phase.key, Lane::Support);
                if !crossed && !self.has(&phase.key, lane) {
                    let (top, height) = self.lane(lane);
                    cells.push((column, lane, self.cell(column, top + height / 2 - 20, 40)));
                }
            }
        }
        cells
    }

    /// The arrows that nobody drew: those that follow from where steps stand.
    pub fn arrows(&self) -> Vec<(String, &'static str)> {
        let cards = self.cards();
        let mut arrows = self.across(&cards);
        arrows.extend(self.down(&cards));
        arrows
    }

    /// The links the designer drew.
    pub fn links(&self) -> Vec<Link<'b>> {
        let cards = self.cards();
        let place = |key: &str| {
            cards
                .iter()
                .find(|(step, _)| step.key == key)
                .map(|(_, place)| *place)
        };
        let order = |key: &str| self.body.steps.iter().position(|step| step.key == key);
        let mut links = Vec::new();
        for (step, from) in &cards {
            for key in &step.links {
                let Some(to) = place(key) else { continue };
                let (path, middle) = way(*from, to);
                links.push(Link {
                    path,
                    middle,
                    when: step.condition(key),
                    is_back: order(key) < order(&step.key),
                });
            }
        }
        links
    }

    /// From what the customer does in one phase to what comes in the next.
    fn across(&self, cards: &[(&Step, Place)]) -> Vec<(String, &'static str)> {
        let of = |key: &'b str| {
            move |(step, _): &&(&Step, Place)| step.phase == key && step.lane == Lane::Customer
        };
        let mut arrows = Vec::new();
        for pair in self.body.phases.windows(2) {
            let from = cards.iter().rfind(of(&pair[0].key));
            let to = cards.iter().find(of(&pair[1].key));
            if let (Some((_, from)), Some((_, to))) = (from, to) {
                let (x, y, end) = (from.right(), from.centre(), to.left - 5);
                let path = match to.centre() {
                    level if level == y => format!("M{x} {y}H{end}"),
                    level => format!("M{x} {y}H{}V{level}H{end}", x + MARGIN),
                };
                arrows.push((path, ""));
            }
        }
        arrows
    }

    /// From lane to lane within a phase, dashed towards systems.
    fn down(&self, cards: &[(&Step, Place)]) -> Vec<(String, &'static str)> {
        let mut arrows = Vec::new();
        for phase in &self.body.phases {
            let column = cards.iter().filter(|(step, _)| step.phase == phase.key);
            let column: Vec<_> = column.collect();
            for pair in column.windows(2) {
                let ((_, from), (step, to)) = (pair[0], pair[1]);
                let class = if step.lane == Lane::Support {
                    "dash"
                } else {
                    ""
                };
                let path = format!("M{} {}V{}", from.middle(), from.bottom(), to.top - 4);
                arrows.push((path, class));
            }
        }
        arrows
    }
}

/// A way the designer drew from step to step.
pub struct Link<'b> {
    /// The data of its SVG path.
    pub path: String,
    /// Where words about it stand, from the left and from the top.
    pub middle: (i64, i64),
    /// When it is taken.
    pub when: Option<&'b Bilingual>,
    /// Back to an earlier step: a loop.
    pub is_back: bool,
}

/// How far below its cards a way runs that passes others of the same row.
const BELOW: i64 = 13;

/// A way's path, and where words about it stand.
fn way(from: Place, to: Place) -> (String, (i64, i64)) {
    if from.left == to.left {
        return beside(from, to);
    }
    let row = from.top == to.top;
    let next = to.left > from.left && to.left - from.right() < from.width;
    if row && !next {
        below(from, to)
    } else {
        across_to(from, to)
    }
}

/// Within a column: along the right side.
fn beside(from: Place, to: Place) -> (String, (i64, i64)) {
    let (x, y, level) = (from.right(), from.centre() + 10, to.centre());
    let bend = x + 16;
    let path = format!("M{x} {y}C{bend} {y} {bend} {level} {} {level}", x + 3);
    (path, (bend, (y + level) / 2))
}

/// Within a row, past other cards: below them, and up into the target.
fn below(from: Place, to: Place) -> (String, (i64, i64)) {
    let aside = if to.left > from.left { 24 } else { -24 };
    let (start, end) = (from.middle() + aside, to.middle() - aside);
    let (bottom, level) = (from.bottom(), from.bottom() + BELOW);
    let path = format!("M{start} {bottom}V{level}H{end}V{}", to.bottom() + 4);
    (path, ((start + end) / 2, level))
}

/// To another column, leaving at the side that faces the target.
fn across_to(from: Place, to: Place) -> (String, (i64, i64)) {
    let forward = to.left > from.left;
    let (x, end) = if forward {
        (from.right(), to.left)
    } else {
        (from.left, to.right())
    };
    let (y, level) = (from.centre() + 10, to.centre() + 10);
    let pull = if forward { 26 } else { -26 };
    let (first, second) = (x + pull, end - pull);
    let tip = if forward { end - 2 } else { end + 2 };
    let path = format!("M{x} {y}C{first} {y} {second} {level} {tip} {level}");
    (path, ((x + end) / 2, (y + level) / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_of_one_cell_do_not_touch_and_stay_in_their_lane() {
        let mut body = Body::starter();
        for key in ["one", "two", "three"] {
            let name = kernel::Bilingual::new("", key);
            body.steps
                .push(Step::new(key, "pay", Lane::Backstage, name));
        }
        let geometry = Geometry::new(&body);
        let (top, height) = geometry.lane(Lane::Backstage);
        let cards = geometry.cards();
        let stack: Vec<_> = cards
            .iter()
            .filter(|(step, _)| step.lane == Lane::Backstage)
            .collect();
        assert_eq!(stack.len(), 3);
        assert!(
            stack
                .windows(2)
                .all(|pair| pair[0].1.bottom() < pair[1].1.top)
        );
        assert!(stack[0].1.top > top && stack[2].1.bottom() < top + height);
        assert_eq!(cards.len(), body.steps.len());
    }

    #[test]
    fn seven_phases_fit_the_wide_screen() {
        let mut body = Body::starter();
        for number in 4..=7 {
            let key = format!("phase-{number}");
            let name = kernel::Bilingual::new("", &key);
            body.phases.push(crate::model::Phase { key, name });
        }
        assert_eq!(Geometry::new(&body).width(), 947);
    }
}
