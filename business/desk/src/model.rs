//! What is true of a day at the desk: its hours, its columns, its figures. Pure.

use kernel::{Date, Span, TimeZone, Timestamp};

/// Minutes after midnight of `day`, by the clock on the wall; may be negative or beyond 1440.
pub fn wall_minute(zone: &TimeZone, day: Date, at: Timestamp) -> i64 {
    let local = at.to_zoned(zone.clone()).datetime();
    let days = local
        .date()
        .since(day)
        .map_or(0, |span| i64::from(span.get_days()));
    days * 1440 + i64::from(local.hour()) * 60 + i64::from(local.minute())
}

/// Hours drawn down the side of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Axis {
    /// First hour of the day drawn.
    pub first: i64,
    /// How many hours.
    pub hours: i64,
}

impl Axis {
    /// Covers every stretch of wall minutes, in whole hours; ten to six when there is nothing.
    pub fn covering(stretches: &[(i64, i64)]) -> Self {
        let from = stretches.iter().map(|(from, _)| *from).min().unwrap_or(600);
        let to = stretches.iter().map(|(_, to)| *to).max().unwrap_or(1080);
        let first = from.div_euclid(60).clamp(0, 23);
        let last = (to + 59).div_euclid(60).clamp(first + 1, 30);
        Self {
            first,
            hours: (last - first).max(8).min(30 - first),
        }
    }

    /// Minutes from the top of the axis, kept within it.
    pub fn at(&self, wall: i64) -> i64 {
        (wall - self.first * 60).clamp(0, self.hours * 60)
    }

    /// Minutes from the top, when that is on the axis.
    pub fn inside(&self, wall: i64) -> Option<i64> {
        let minute = wall - self.first * 60;
        (0..=self.hours * 60).contains(&minute).then_some(minute)
    }
}

/// Where a block stands in its column when blocks overlap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Which lane, from 0.
    pub lane: u8,
    /// How many lanes there are.
    pub lanes: u8,
    /// Whether the starts lie so far apart that a later block may cover the foot of an earlier one.
    pub cascades: bool,
}

/// Minutes between two starts that leave room for the name on the earlier block.
const CASCADE_MINUTES: i64 = 20;

/// Places for stretches that overlap; the stretches must come sorted by their start.
pub fn lanes(stretches: &[(i64, i64)]) -> Vec<Place> {
    let alone = Place {
        lane: 0,
        lanes: 1,
        cascades: false,
    };
    let mut placed = vec![alone; stretches.len()];
    let mut cluster_start = 0;
    let mut ends: Vec<i64> = Vec::new();
    for (index, &(from, to)) in stretches.iter().enumerate() {
        if ends.iter().all(|end| *end <= from) {
            let cluster = cluster_start..index;
            seal(
                &mut placed[cluster.clone()],
                &stretches[cluster],
                ends.len(),
            );
            cluster_start = index;
            ends.clear();
        }
        let lane = ends
            .iter()
            .position(|end| *end <= from)
            .unwrap_or(ends.len());
        if lane == ends.len() {
            ends.push(to);
        } else {
            ends[lane] = to;
        }
        placed[index].lane = u8::try_from(lane).unwrap_or(u8::MAX);
    }
    seal(
        &mut placed[cluster_start..],
        &stretches[cluster_start..],
        ends.len(),
    );
    placed
}

fn seal(cluster: &mut [Place], stretches: &[(i64, i64)], lanes: usize) {
    let apart = |pair: &[(i64, i64)]| pair[1].0 - pair[0].0 >= CASCADE_MINUTES;
    let cascades = lanes > 1 && stretches.windows(2).all(apart);
    for place in cluster {
        place.lanes = u8::try_from(lanes.max(1)).unwrap_or(u8::MAX);
        place.cascades = cascades;
    }
}

/// Stretches between two tasks within working time that last at least `minutes`.
pub fn openings(work: &[Span], busy: &[Span], minutes: i64) -> Vec<Span> {
    let busy = Span::merge(busy.to_vec());
    let between = busy
        .windows(2)
        .filter_map(|pair| Span::new(pair[0].end, pair[1].start));
    between
        .flat_map(|gap| work.iter().filter_map(move |span| span.intersect(&gap)))
        .filter(|gap| gap.minutes() >= minutes)
        .collect()
}

/// What of a day lies outside working time, as wall minutes between `from` and `to`.
pub fn gaps(work: &[(i64, i64)], from: i64, to: i64) -> Vec<(i64, i64)> {
    let mut at = from;
    let mut gaps = Vec::new();
    for &(start, end) in work {
        if start > at {
            gaps.push((at, start.min(to)));
        }
        at = at.max(end);
    }
    if at < to {
        gaps.push((at, to));
    }
    gaps.retain(|(start, end)| start < end);
    gaps
}

/// Share of `work` that `busy` takes, 0.0 to 1.0; 0 without work.
pub fn share(work: &[Span], busy: &[Span]) -> f64 {
    let busy = Span::merge(busy.to_vec());
    let whole: i64 = work.iter().map(Span::minutes).sum();
    let taken: i64 = work
        .iter()
        .flat_map(|span| busy.iter().filter_map(|other| span.intersect(other)))
        .map(|span| span.minutes())
        .sum();
    if whole == 0 {
        return 0.0;
    }
    #[expect(clippy::cast_precision_loss, reason = "minutes of a day are few")]
    let share = taken as f64 / whole as f64;
    share.min(1.0)
}

/// The middle of several numbers, rounded down; `None` without any.
pub fn median(mut numbers: Vec<i64>) -> Option<i64> {
    if numbers.is_empty() {
        return None;
    }
    numbers.sort_unstable();
    let middle = numbers.len() / 2;
    Some(if numbers.len() % 2 == 1 {
        numbers[middle]
    } else {
        i64::midpoint(numbers[middle - 1], numbers[middle])
    })
}

/// Thousandths of the starts that were at most `grace_minutes` after their slot began.
pub fn on_time_percent(starts: &[(Timestamp, Timestamp)], grace_minutes: i64) -> Option<i64> {
    if starts.is_empty() {
        return None;
    }
    let kept = starts
        .iter()
        .filter(|(slot, started)| minutes(*slot, *started) <= grace_minutes)
        .count();
    Some(i64::try_from(kept * 100 / starts.len()).unwrap_or(100))
}

/// Whole minutes from one instant to another, rounded down.
pub fn minutes(from: Timestamp, to: Timestamp) -> i64 {
    (to.as_microsecond() - from.as_microsecond()).div_euclid(60_000_000)
}

/// The days of a month laid out in weeks from Monday: days before the first are `None`.
pub fn month_grid(day: Date) -> Vec<Option<Date>> {
    let first = day.first_of_month();
    let before = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
    let mut grid = vec![None; before];
    let mut date = first;
    loop {
        grid.push(Some(date));
        match date.tomorrow() {
            Ok(next) if next.month() == first.month() => date = next,
            _ => break,
        }
    }
    grid
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overlapping_visits_stand_side_by_side_and_the_next_has_the_column_alone() {
        let place = |lane, lanes| Place {
            lane,
            lanes,
            cascades: false,
        };
        assert_eq!(
            lanes(&[(0, 60), (10, 90), (60, 80), (120, 150)]),
            [place(0, 2), place(1, 2), place(0, 2), place(0, 1)]
        );
        assert_eq!(lanes(&[]), []);
    }

    #[test]
    fn visits_that_begin_well_apart_leave_each_other_room_for_the_name() {
        let cascades: Vec<bool> = lanes(&[(0, 60), (30, 90), (100, 160), (110, 130)])
            .iter()
            .map(|place| place.cascades)
            .collect();
        assert_eq!(cascades, [true, true, false, false]);
    }

    #[test]
    fn an_opening_lies_between_two_tasks_of_a_shift() {
        let at = |minute: i64| Timestamp::from_second(minute * 60).unwrap();
        let span = |from, to| Span::new(at(from), at(to)).unwrap();
        let work = [span(0, 300), span(330, 600)];
        let busy = [span(60, 100), span(120, 180), span(400, 460)];
        assert_eq!(
            openings(&work, &busy, 30),
            [span(180, 300), span(330, 400)],
            "the 20 minutes are too short, the break is not work, the evening has no end"
        );
    }

    #[test]
    fn the_axis_covers_everything_in_whole_hours() {
        assert_eq!(
            Axis::covering(&[(545, 600), (700, 1275)]),
            Axis {
                first: 9,
                hours: 13
            }
        );
        assert_eq!(
            Axis::covering(&[]),
            Axis {
                first: 10,
                hours: 8
            }
        );
        let axis = Axis { first: 9, hours: 8 };
        assert_eq!(
            (axis.at(500), axis.at(600), axis.inside(500)),
            (0, 60, None)
        );
    }

    #[test]
    fn time_off_shift_is_what_lies_between_the_shifts() {
        assert_eq!(
            gaps(&[(600, 720), (780, 1080)], 540, 1140),
            [(540, 600), (720, 780), (1080, 1140)]
        );
        assert_eq!(gaps(&[], 540, 600), [(540, 600)]);
    }

    #[test]
    fn the_median_of_an_even_count_lies_between() {
        assert_eq!(median(vec![9, 1, 5, 7]), Some(6));
        assert_eq!(median(vec![]), None);
    }

    #[test]
    fn the_clock_on_the_wall_counts_past_midnight() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let day = kernel::Date::constant(2026, 11, 21);
        let at: Timestamp = "2026-11-21T17:30:00Z".parse().unwrap();
        assert_eq!(wall_minute(&zone, day, at), 25 * 60 + 30);
    }

    #[test]
    fn a_month_begins_under_its_weekday() {
        let grid = month_grid(kernel::Date::constant(2026, 11, 21));
        assert_eq!(grid.iter().take_while(|day| day.is_none()).count(), 6);
        assert_eq!(grid.len(), 6 + 30);
    }
}
