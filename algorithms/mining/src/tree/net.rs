//! A process tree as a workflow net.

use crate::petri::Net;

use super::Tree;

impl Tree {
    /// The sound, safe workflow net with the same language.
    ///
    /// ```
    /// use mining::Tree;
    /// let tree: Tree = "->( 'greet', *( 'serve', tau ), X( tau, 'bill' ) )".parse().unwrap();
    /// let net = tree.net();
    /// assert_eq!(net.labels, ["greet", "serve", "bill"]);
    /// ```
    pub fn net(&self) -> Net {
        let mut net = Net::default();
        let (source, sink) = (net.place("source"), net.place("sink"));
        grow(self, &mut net, source, sink);
        net.initial = vec![source];
        net.last = vec![sink];
        net
    }
}

fn fresh(net: &mut Net) -> u32 {
    let name = format!("p{}", net.places.len());
    net.place(name)
}

fn grow(tree: &Tree, net: &mut Net, from: u32, to: u32) {
    match tree {
        Tree::Activity(name) => {
            net.transition(Some(name), &[from], &[to]);
        }
        Tree::Sequence(parts) if !parts.is_empty() => {
            let mut here = from;
            for (index, part) in parts.iter().enumerate() {
                let next = if index + 1 == parts.len() {
                    to
                } else {
                    fresh(net)
                };
                grow(part, net, here, next);
                here = next;
            }
        }
        Tree::Choice(parts) if !parts.is_empty() => {
            parts.iter().for_each(|part| grow(part, net, from, to));
        }
        Tree::Parallel(parts) if !parts.is_empty() => {
            let starts: Vec<u32> = parts.iter().map(|_| fresh(net)).collect();
            let ends: Vec<u32> = parts.iter().map(|_| fresh(net)).collect();
            net.transition(None, &[from], &starts);
            for (part, (&start, &end)) in parts.iter().zip(starts.iter().zip(&ends)) {
                grow(part, net, start, end);
            }
            net.transition(None, &ends, &[to]);
        }
        // Places of its own keep a second round apart from choices around the loop.
        Tree::Loop(body, redo) => {
            let (start, end) = (fresh(net), fresh(net));
            net.transition(None, &[from], &[start]);
            grow(body, net, start, end);
            redo.iter().for_each(|part| grow(part, net, end, start));
            net.transition(None, &[end], &[to]);
        }
        Tree::Silent | Tree::Sequence(_) | Tree::Choice(_) | Tree::Parallel(_) => {
            net.transition(None, &[from], &[to]);
        }
    }
}
