//! Groups of sites: a forest of regions and areas.

use kernel::ids::SiteGroupId;
use kernel::{Bilingual, Locale};

/// How deep groups may lie within groups.
pub const DEPTH_MAX: usize = 5;

/// A region, an area, a brand: anything that sites are counted together by.
#[derive(Clone, Debug, PartialEq)]
pub struct SiteGroup {
    /// Its identity.
    pub id: SiteGroupId,
    /// The group it is part of.
    pub parent: Option<SiteGroupId>,
    /// What it is called.
    pub name: Bilingual,
    /// Counts edits; an edit names the version it saw.
    pub version: i64,
}

impl SiteGroup {
    /// The name to show to a reader of `locale`.
    pub fn name(&self, locale: Locale) -> &str {
        self.name.get(locale)
    }
}

/// The groups as a forest read from above: each with its depth, parts after their whole.
pub fn in_order(groups: &[SiteGroup]) -> Vec<(usize, &SiteGroup)> {
    let mut ordered = Vec::with_capacity(groups.len());
    append(groups, None, 0, &mut ordered);
    ordered
}

fn append<'a>(
    groups: &'a [SiteGroup],
    parent: Option<SiteGroupId>,
    depth: usize,
    ordered: &mut Vec<(usize, &'a SiteGroup)>,
) {
    if depth > DEPTH_MAX {
        return;
    }
    for group in groups.iter().filter(|group| group.parent == parent) {
        ordered.push((depth, group));
        append(groups, Some(group.id), depth + 1, ordered);
    }
}

/// A group and everything above it, nearest first; ends at a circle, which the command refuses.
pub fn chain(groups: &[SiteGroup], from: Option<SiteGroupId>) -> Vec<SiteGroupId> {
    let mut chain = Vec::new();
    let mut next = from;
    while let Some(id) = next.filter(|id| !chain.contains(id)) {
        chain.push(id);
        let found = groups.iter().find(|group| group.id == id);
        next = found.and_then(|group| group.parent);
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::{Id, IdSource, Timestamp};

    #[test]
    fn parts_stand_after_their_whole_and_know_what_is_above_them() {
        let ids = IdSource::seeded(3);
        let [north, east, city] = [(); 3].map(|()| Id::from_uuid(ids.uuid(Timestamp::UNIX_EPOCH)));
        let group = |id, parent| SiteGroup {
            id,
            parent,
            name: Bilingual::new("", "x"),
            version: 1,
        };
        let groups = [
            group(east, None),
            group(city, Some(north)),
            group(north, None),
        ];
        let order: Vec<(usize, SiteGroupId)> = in_order(&groups)
            .into_iter()
            .map(|(depth, group)| (depth, group.id))
            .collect();
        assert_eq!(order, [(0, east), (0, north), (1, city)]);
        assert_eq!(chain(&groups, Some(city)), [city, north]);
        assert_eq!(chain(&groups, None), []);
    }
}
