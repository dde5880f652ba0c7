//! Who a request belongs to, as W3C's `traceparent` says: `00-TRACE-SPAN-FLAGS`.

/// The trace and the span that a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Parent {
    pub(crate) trace: u128,
    pub(crate) span: u64,
    /// Whether whoever asked keeps the trace.
    pub(crate) is_kept: bool,
}

impl Parent {
    /// Reads the header; `None` for what is none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (version, trace) = (parts.next()?, parts.next()?);
        let (span, flags) = (parts.next()?, parts.next()?);
        let is_first = version == "00";
        let has_more = parts.next().is_some();
        if number(version, 2)? == 0xff || (is_first && has_more) {
            return None;
        }
        let parent = Self {
            trace: number(trace, 32)?,
            span: u64::try_from(number(span, 16)?).ok()?,
            is_kept: number(flags, 2)? & 1 == 1,
        };
        (parent.trace != 0 && parent.span != 0).then_some(parent)
    }
}

/// So many lower-case hexadecimal digits.
fn number(text: &str, digits: usize) -> Option<u128> {
    let plain = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    let is_plain = text.len() == digits && text.bytes().all(plain);
    is_plain.then(|| u128::from_str_radix(text, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_parent_is_taken_over_as_the_standard_says_and_nothing_else() {
        let parent = Parent::read("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        let wanted = Parent {
            trace: 0x4bf9_2f35_77b3_4da6_a3ce_929d_0e0e_4736,
            span: 0x00f0_67aa_0ba9_02b7,
            is_kept: true,
        };
        assert_eq!(parent, Some(wanted));
        let later = "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more";
        let later = Parent::read(later);
        assert_eq!(later.map(|parent| parent.is_kept), Some(false));
        for odd in [
            "",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
            "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
            "00-+bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        ] {
            assert_eq!(Parent::read(odd), None, "{odd}");
        }
    }
}
