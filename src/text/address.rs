//! Addresses of the web and of mail: whole tokens, for one letter more or less is another place.

use super::chars;

/// Most bytes of an address; a longer one is several tokens.
const LONGEST: usize = 512;
/// Most bytes of a scheme.
const SCHEME: usize = 12;

/// The length of the address that `rest` begins with; 0 where it begins with none.
pub(super) fn length(rest: &str) -> usize {
    // Most words are told from addresses by the sign behind them.
    let name = rest.char_indices().find(|(at, c)| *at >= LONGEST || !is_of_name(*c)).map_or(rest.len(), |(at, _)| at);
    if !rest[name..].starts_with(['@', ':']) && !begins_web(rest) {
        return 0;
    }
    let run = run(rest);
    let web = has_scheme(run) || begins_web(run);
    if web {
        let found = trimmed(run);
        return if found.len() > 4 { found.len() } else { 0 };
    }
    mail(run)
}

/// The characters up to white space or a sign that no address holds.
fn run(rest: &str) -> &str {
    let inside = |c: char| {
        !chars::is_space(c) && !chars::is_unspaced(c) && !matches!(c, '<' | '>' | '"' | '“' | '”' | '«' | '»' | '|')
    };
    let end = rest.char_indices().find(|(at, c)| *at >= LONGEST || !inside(*c)).map_or(rest.len(), |(at, _)| at);
    &rest[..end]
}

fn begins_web(run: &str) -> bool {
    run.get(..4).is_some_and(|head| head.eq_ignore_ascii_case("www."))
}

/// Whether the name of a mail address may hold a character.
fn is_of_name(c: char) -> bool {
    c.is_alphanumeric() && !chars::is_unspaced(c) || matches!(c, '.' | '_' | '%' | '+' | '-')
}

fn has_scheme(run: &str) -> bool {
    let head =
        run.bytes().take(SCHEME).take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-')).count();
    head > 1 && run[head..].starts_with("://")
}

/// Without the marks that end a sentence, and a bracket that was opened outside.
fn trimmed(run: &str) -> &str {
    let mut out = run;
    while let Some(last) = out.chars().next_back() {
        let opened = |open: char, close: char| out.matches(open).count() >= out.matches(close).count();
        let keeps = match last {
            ')' => opened('(', ')'),
            ']' => opened('[', ']'),
            _ => !matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '،' | '؛' | '؟'),
        };
        if keeps {
            break;
        }
        out = &out[..out.len() - last.len_utf8()];
    }
    out
}

/// The length of a mail address: a name, one @, a host with a dot in it.
fn mail(run: &str) -> usize {
    let at = run.find(|c| !is_of_name(c)).unwrap_or(run.len());
    let Some(host) = run[at..].strip_prefix('@').filter(|_| at > 0) else { return 0 };
    let end = host.find(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '-'))).unwrap_or(host.len());
    let host = host[..end].trim_end_matches(['.', '-']);
    if host.contains('.') { at + 1 + host.len() } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_addresses_whole() {
        for (text, expected) in [
            ("https://waters.example/rules). See", "https://waters.example/rules"),
            ("www.orsania.example, and", "www.orsania.example"),
            ("desk@meridian.example.", "desk@meridian.example"),
            ("https://waters.example/a_(b) of", "https://waters.example/a_(b)"),
            ("and/or", ""),
            ("desk@", ""),
        ] {
            assert_eq!(&text[..length(text)], expected, "{text}");
        }
    }
}
