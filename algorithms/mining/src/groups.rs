//! Values sorted into groups by two or more threads, each value held once.

use std::ops::Range;
use std::slice::IterMut;

use crate::Summary;
use crate::parallel::each;

/// Most values held at once (40 MB), unless one group has more.
const HELD_MAX: usize = 5_000_000;

/// Free places for the values of some groups, for one thread.
pub(crate) struct Places<'a> {
    first: usize,
    groups: Vec<IterMut<'a, i64>>,
}

/// Puts a value into the next free place of its group, if it is this group's turn.
pub(crate) fn put(places: &mut Places<'_>, group: usize, value: i64) {
    if let Some(group) = places.groups.get_mut(group.wrapping_sub(places.first)) {
        *group.next().expect("groups were counted first") = value;
    }
}

/// The summary of each group.
///
/// `counts[share][group]` says how many values `fill(share, places)` will put into each group. So
/// that large logs need no room for all values, `fill` is called again for the next groups.
pub(crate) fn summaries<F>(counts: &[Vec<u32>], fill: F) -> Vec<Option<Summary>>
where
    F: Fn(usize, &mut Places<'_>) + Sync,
{
    let sizes: Vec<usize> = (0..counts.first().map_or(0, Vec::len))
        .map(|group| counts.iter().map(|share| share[group] as usize).sum())
        .collect();
    let turns = turns(&sizes, HELD_MAX);
    let held = |turn: &Range<usize>| sizes[turn.clone()].iter().sum();
    let mut values = vec![0; turns.iter().map(held).max().unwrap_or(0)];
    let mut found = vec![None; sizes.len()];
    for turn in turns {
        let values = &mut values[..held(&turn)];
        let shares = places(values, counts, turn.clone());
        each(
            shares.into_iter().enumerate().collect(),
            |(share, mut places)| {
                fill(share, &mut places);
            },
        );
        let hands = deal(values, &sizes[turn.clone()], counts.len());
        let summed = each(hands, |hand| {
            hand.into_iter()
                .map(|(group, values)| (group, Summary::of(values)))
                .collect::<Vec<_>>()
        });
        for (group, summary) in summed.into_iter().flatten() {
            found[turn.start + group] = summary;
        }
    }
    found
}

/// Runs of groups that have at most `most` values together, or are one group.
fn turns(sizes: &[usize], most: usize) -> Vec<Range<usize>> {
    let mut turns: Vec<Range<usize>> = Vec::new();
    let mut held = 0;
    for (group, &size) in sizes.iter().enumerate() {
        match turns.last_mut() {
            Some(turn) if held + size <= most => {
                turn.end = group + 1;
                held += size;
            }
            _ => {
                turns.push(group..group + 1);
                held = size;
            }
        }
    }
    turns
}

/// Cuts `values` into a part for each group of a turn and, inside it, for each share.
fn places<'a>(values: &'a mut [i64], counts: &[Vec<u32>], turn: Range<usize>) -> Vec<Places<'a>> {
    let none = |_| Places {
        first: turn.start,
        groups: Vec::with_capacity(turn.len()),
    };
    let mut shares: Vec<Places<'a>> = counts.iter().map(none).collect();
    let mut rest = values;
    for group in turn {
        for (share, counts) in shares.iter_mut().zip(counts) {
            let (mine, others) = rest.split_at_mut(counts[group] as usize);
            share.groups.push(mine.iter_mut());
            rest = others;
        }
    }
    shares
}

/// Deals the groups out so that each thread gets about equally many values, the large ones first.
fn deal<'a>(
    values: &'a mut [i64],
    sizes: &[usize],
    threads: usize,
) -> Vec<Vec<(usize, &'a mut [i64])>> {
    let mut groups = Vec::with_capacity(sizes.len());
    let mut rest = values;
    for (group, &size) in sizes.iter().enumerate() {
        let (mine, others) = rest.split_at_mut(size);
        groups.push((group, mine));
        rest = others;
    }
    groups.sort_by_key(|(_, values)| std::cmp::Reverse(values.len()));
    let mut hands: Vec<Vec<_>> = (0..threads).map(|_| Vec::new()).collect();
    let mut held = vec![0; threads];
    for group in groups {
        let least = (0..threads).min_by_key(|&hand| held[hand]).unwrap_or(0);
        held[least] += group.1.len();
        hands[least].push(group);
    }
    hands
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_take_turns_so_that_few_values_are_held() {
        assert_eq!(turns(&[3, 4, 5, 20, 0, 1], 8), [0..2, 2..3, 3..4, 4..6]);
        assert_eq!(turns(&[], 8), []);
    }

    #[test]
    fn a_group_gets_its_own_values_whichever_turn_it_has() {
        let counts = [vec![HELD_MAX as u32 / 2, 2, HELD_MAX as u32 / 2 - 1, 1]];
        let found = summaries(&counts, |_, places| {
            for (group, &count) in counts[0].iter().enumerate() {
                (0..count).for_each(|_| put(places, group, group as i64));
            }
        });
        let means: Vec<Option<f64>> = found
            .iter()
            .map(|s| s.as_ref().map(Summary::mean))
            .collect();
        assert_eq!(means, [Some(0.0), Some(1.0), Some(2.0), Some(3.0)]);
    }
}
