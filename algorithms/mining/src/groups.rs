//! Values sorted into groups by two or more threads, each value held once.

use std::slice::IterMut;

use crate::Summary;
use crate::parallel::each;

/// Free places for the values of each group, for one thread.
pub(crate) type Places<'a> = Vec<IterMut<'a, i64>>;

/// Puts a value into the next free place of its group.
pub(crate) fn put(places: &mut Places<'_>, group: usize, value: i64) {
    let place = places[group].next().expect("groups were counted first");
    *place = value;
}

/// The summary of each group.
///
/// `counts[share][group]` says how many values `fill(share, places)` will put into each group.
pub(crate) fn summaries<F>(counts: &[Vec<u32>], fill: F) -> Vec<Option<Summary>>
where
    F: Fn(usize, &mut Places<'_>) + Sync,
{
    let groups = counts.first().map_or(0, Vec::len);
    let sizes: Vec<usize> = (0..groups)
        .map(|group| counts.iter().map(|share| share[group] as usize).sum())
        .collect();
    let mut values = vec![0; sizes.iter().sum()];
    let shares = places(&mut values, counts, groups);
    each(
        shares.into_iter().enumerate().collect(),
        |(share, mut places)| {
            fill(share, &mut places);
        },
    );
    let mut found = vec![None; groups];
    for (group, summary) in each(deal(&mut values, &sizes, counts.len()), |hand| {
        hand.into_iter()
            .map(|(group, values)| (group, Summary::of(values)))
            .collect::<Vec<_>>()
    })
    .into_iter()
    .flatten()
    {
        found[group] = summary;
    }
    found
}

/// Cuts `values` into a part for each group and, inside it, for each share.
fn places<'a>(values: &'a mut [i64], counts: &[Vec<u32>], groups: usize) -> Vec<Places<'a>> {
    let mut shares: Vec<Places<'a>> = counts.iter().map(|_| Vec::with_capacity(groups)).collect();
    let mut rest = values;
    for group in 0..groups {
        for (share, counts) in shares.iter_mut().zip(counts) {
            let (mine, others) = rest.split_at_mut(counts[group] as usize);
            share.push(mine.iter_mut());
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
