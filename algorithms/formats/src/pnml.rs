//! Petri nets as PNML (ISO/IEC 15909-2), in and out.
//!
//! Pages are joined, a transition is silent when it has no name or a tool says so
//! (`activity="$invisible$"`), final markings are read from `finalmarkings`. Without a marking the
//! places nothing leads to begin, and those that lead nowhere end.

use std::collections::HashMap;
use std::fmt::Write;

use mining::petri::{Arc, Marking, Net, Transition};

use crate::element::Element;
use crate::xml::escape;
use crate::{FormatError, Limits};

/// The most tokens of one place or arc.
const WEIGHT_MAX: usize = 1_000;

/// Reads a net.
///
/// # Errors
/// Names the element and what is allowed: broken XML, arcs that lead nowhere or connect two places,
/// weights that are no counts.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<Net, FormatError> {
    net_of(&Element::read(bytes, limits)?)
}

/// The net of a document.
pub(crate) fn net_of(root: &Element) -> Result<Net, FormatError> {
    if root.name != "pnml" {
        let problem = format!(
            "the file begins with <{}>; PNML begins with <pnml>",
            root.name
        );
        return Err(FormatError::file(problem));
    }
    let net = root
        .first("net")
        .ok_or_else(|| FormatError::file("no <net>; one is needed"))?;
    let mut reader = Reader::default();
    let mut pages = vec![net];
    // Nodes first: an arc may stand before what it connects.
    let mut index = 0;
    while index < pages.len() {
        let page = pages[index];
        reader.nodes(page)?;
        pages.extend(page.all("page"));
        index += 1;
    }
    for page in &pages {
        page.all("arc").try_for_each(|arc| reader.arc(arc))?;
    }
    let markings = [Some(net), Some(root)].into_iter().flatten();
    if let Some(last) = markings
        .filter_map(|home| home.first("finalmarkings"))
        .next()
    {
        reader.last(last)?;
    }
    reader.net.infer_ends();
    if reader.net.initial.is_empty() {
        return Err(FormatError::file(
            "no place has a token at the start; at least one is needed",
        ));
    }
    Ok(reader.net)
}

#[derive(Default)]
struct Reader {
    net: Net,
    places: HashMap<String, u32>,
    transitions: HashMap<String, usize>,
}

impl Reader {
    fn nodes(&mut self, page: &Element) -> Result<(), FormatError> {
        for place in page.all("place") {
            let id = id(place)?;
            let name = place
                .first("name")
                .and_then(|name| name.text_of("text"))
                .unwrap_or(id);
            let index = self.net.place(name);
            if self.places.insert(id.to_owned(), index).is_some() {
                return Err(FormatError::element(id, "stands twice; ids must differ"));
            }
            let tokens = count(place.first("initialMarking"), id, 0)?;
            self.net.initial.extend(std::iter::repeat_n(index, tokens));
        }
        for step in page.all("transition") {
            let id = id(step)?;
            let name = step.first("name").and_then(|name| name.text_of("text"));
            let label = name.filter(|name| !name.is_empty() && !invisible(step));
            let label = label.map(|name| self.net.label(name));
            let name = id.to_owned();
            let index = self.net.transitions.len();
            self.net.transitions.push(Transition {
                name,
                label,
                inputs: Vec::new(),
                outputs: Vec::new(),
            });
            if self.transitions.insert(id.to_owned(), index).is_some() {
                return Err(FormatError::element(id, "stands twice; ids must differ"));
            }
        }
        Ok(())
    }

    fn arc(&mut self, arc: &Element) -> Result<(), FormatError> {
        let name = arc.get("id").unwrap_or("arc");
        let end = |key| {
            arc.get(key)
                .ok_or_else(|| FormatError::element(name, format!("needs a {key}")))
        };
        let (source, target) = (end("source")?, end("target")?);
        let weight = count(arc.first("inscription"), name, 1)?.max(1) as u32;
        if let (Some(&place), Some(&step)) = (self.places.get(source), self.transitions.get(target))
        {
            add(&mut self.net.transitions[step].inputs, place, weight);
        } else if let (Some(&step), Some(&place)) =
            (self.transitions.get(source), self.places.get(target))
        {
            add(&mut self.net.transitions[step].outputs, place, weight);
        } else {
            let problem = format!(
                "leads from {source:?} to {target:?}; an arc joins a place and a transition of the \
                 file"
            );
            return Err(FormatError::element(name, problem));
        }
        Ok(())
    }

    fn last(&mut self, list: &Element) -> Result<(), FormatError> {
        let Some(marking) = list.first("marking") else {
            return Ok(());
        };
        for place in marking.all("place") {
            let id = place.get("idref").unwrap_or_default();
            let Some(&index) = self.places.get(id) else {
                return Err(FormatError::element(
                    id,
                    "is in the final marking but not a place",
                ));
            };
            let tokens = count(Some(place), id, 1)?;
            self.net.last.extend(std::iter::repeat_n(index, tokens));
        }
        self.net.last.sort_unstable();
        Ok(())
    }
}

/// Two arcs between the same nodes are one of both weights.
fn add(arcs: &mut Vec<Arc>, place: u32, weight: u32) {
    match arcs.iter_mut().find(|arc| arc.place == place) {
        Some(arc) => arc.weight += weight,
        None => arcs.push(Arc { place, weight }),
    }
}

fn id(element: &Element) -> Result<&str, FormatError> {
    element
        .get("id")
        .ok_or_else(|| FormatError::element(format!("<{}>", element.name), "needs an id"))
}

fn count(holder: Option<&Element>, id: &str, missing: usize) -> Result<usize, FormatError> {
    let Some(text) = holder.and_then(|holder| holder.text_of("text")) else {
        return Ok(missing);
    };
    text.parse()
        .ok()
        .filter(|&count| count <= WEIGHT_MAX)
        .ok_or_else(|| {
            let problem = format!("{text:?} tokens; a whole number up to {WEIGHT_MAX} is allowed");
            FormatError::element(id, problem)
        })
}

fn invisible(transition: &Element) -> bool {
    transition
        .all("toolspecific")
        .any(|tool| tool.get("activity") == Some("$invisible$"))
}

/// Writes a net with its final marking, readable by the tools that read PNML.
pub fn write(net: &Net) -> String {
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <pnml xmlns=\"http://www.pnml.org/version-2009/grammar/pnml\">\n\
         <net id=\"net\" type=\"http://www.pnml.org/version-2009/grammar/pnmlcoremodel\">\n\
         <page id=\"page\">\n",
    );
    for (index, name) in net.places.iter().enumerate() {
        let _ = write!(out, "<place id=\"p{index}\"><name><text>");
        escape(name, &mut out);
        out.push_str("</text></name>");
        let tokens = tokens(&net.initial, index);
        if tokens > 0 {
            let _ = write!(
                out,
                "<initialMarking><text>{tokens}</text></initialMarking>"
            );
        }
        out.push_str("</place>\n");
    }
    for (index, step) in net.transitions.iter().enumerate() {
        let _ = write!(out, "<transition id=\"t{index}\"><name><text>");
        match step.label {
            Some(label) => escape(&net.labels[label as usize], &mut out),
            None => escape(&step.name, &mut out),
        }
        out.push_str("</text></name>");
        if step.label.is_none() {
            out.push_str(
                "<toolspecific tool=\"ProM\" version=\"6.4\" activity=\"$invisible$\" \
                 localNodeID=\"silent\"/>",
            );
        }
        out.push_str("</transition>\n");
        for arc in &step.inputs {
            let ends = (format!("p{}", arc.place), format!("t{index}"));
            write_arc(&mut out, ends, arc.weight);
        }
        for arc in &step.outputs {
            let ends = (format!("t{index}"), format!("p{}", arc.place));
            write_arc(&mut out, ends, arc.weight);
        }
    }
    out.push_str("</page>\n<finalmarkings><marking>\n");
    let mut last = net.last.clone();
    last.dedup();
    for place in last {
        let tokens = tokens(&net.last, place as usize);
        let _ = writeln!(
            out,
            "<place idref=\"p{place}\"><text>{tokens}</text></place>"
        );
    }
    out.push_str("</marking></finalmarkings>\n</net>\n</pnml>\n");
    out
}

fn tokens(marking: &Marking, place: usize) -> usize {
    marking
        .iter()
        .filter(|&&other| other as usize == place)
        .count()
}

fn write_arc(out: &mut String, (source, target): (String, String), weight: u32) {
    let _ = write!(
        out,
        "<arc id=\"{source}-{target}\" source=\"{source}\" target=\"{target}\""
    );
    if weight == 1 {
        out.push_str("/>\n");
    } else {
        let _ = writeln!(
            out,
            "><inscription><text>{weight}</text></inscription></arc>"
        );
    }
}
