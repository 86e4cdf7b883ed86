//! PDF on the command line: every command takes it, pages are named, and what is refused is told with the way out.

#[path = "../pdf/build.rs"]
#[allow(dead_code, reason = "other tests write files of other kinds with it")]
mod build;

use build::{File, lines};

use super::env::Env;

/// A PDF of two pages, the second of which has this line.
fn two_pages(last: &str) -> Vec<u8> {
    let first = lines(72.0, 700.0, &["1. The Commission asks its members to keep the lakes clean;"]);
    File::new().page(&first).page(&lines(72.0, 700.0, &[last])).bytes()
}

const BEFORE: &str = "2. The Commission decides to make 150 visits in the year 2031.";
const AFTER: &str = "2. The Commission decides to make 105 visits in the year 2031.";

#[test]
fn a_change_is_told_with_its_page() {
    let env = Env::new();
    env.write("old.pdf", two_pages(BEFORE)).write("new.pdf", two_pages(AFTER));
    for view in ["inline", "sides", "unified"] {
        let said = env.run(&["diff", "old.pdf", "new.pdf", "--view", view]).with_code(1);
        assert!(said.contains("substantive") && said.contains(", page 2"), "{view}: {said}");
    }
    let html = env.run(&["diff", "old.pdf", "new.pdf", "--format", "html"]).with_code(1);
    assert!(html.contains("<span class=\"pages\">page 2</span>"), "{html}");
}

#[test]
fn a_pdf_says_what_its_text_says() {
    let env = Env::new();
    let text = format!("1. The Commission asks its members to keep the lakes clean;\n\n{BEFORE}\n");
    env.write("old.pdf", two_pages(BEFORE)).write("old.txt", text);
    let said = env.run(&["diff", "old.pdf", "old.txt"]).with_code(0);
    assert!(said.contains("identical"), "{said}");
    let lines = env.run(&["git", "textconv", "old.pdf"]).with_code(0);
    assert_eq!(lines, env.run(&["git", "textconv", "old.txt"]).with_code(0));
}

#[test]
fn a_pdf_becomes_a_version_and_is_kept_as_it_came() {
    let env = Env::new();
    env.write(".gitconfig", "[user]\n\tname = Ada\n\temail = ada@example.org\n");
    env.write("a.pdf", two_pages(BEFORE)).write("b.pdf", two_pages(AFTER));
    env.run(&["init", "c"]).with_code(0);
    for (file, day) in [("a.pdf", "2031-01-02"), ("b.pdf", "2031-02-03")] {
        env.run(&["--corpus", "c", "add", file, "--work", "lakes/plan", "--lang", "en", "--issued", day]).with_code(0);
    }
    let kept = std::fs::read(env.path("c/works/lakes/plan/en/2031-01-02/source.pdf")).expect("kept");
    assert_eq!(kept, two_pages(BEFORE));
    let said = env.run(&["--corpus", "c", "diff", "lakes/plan@2031-01-02", "lakes/plan@2031-02-03"]).with_code(1);
    assert!(said.contains("150") && said.contains(", page 2"), "{said}");
    env.run(&["--corpus", "c", "verify"]).with_code(0);
}

#[test]
fn a_locked_file_opens_by_the_password_in_a_file() {
    let env = Env::new();
    let digits = include_str!("../pdf/locked.hex").split_whitespace().collect::<String>();
    let byte = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).expect("digits");
    let bytes: Vec<u8> = (0..digits.len()).step_by(2).map(byte).collect();
    env.write("locked.pdf", bytes).write("right", "spring\n").write("wrong", "autumn\n").write("empty", "\n");
    let said = env.run(&["show", "locked.pdf"]).error();
    assert!(said.contains("it asks for a password") && said.contains("--password-file FILE"), "{said}");
    let with = |file: &str| env.run(&["show", "locked.pdf", "--password-file", file]);
    assert!(with("right").with_code(0).contains("The Sides agree to meet."));
    assert!(with("wrong").error().contains("the password given does not open it"));
    assert!(with("empty").error().contains("its first line is empty"));
    assert!(with("nowhere").error().contains("nowhere"));
}

#[test]
fn a_scan_is_sent_to_ocr() {
    let env = Env::new();
    env.write("scan.pdf", File::new().page("q 500 0 0 700 40 40 cm /Im Do Q\n").bytes());
    let said = env.run(&["show", "scan.pdf"]).error();
    assert!(said.contains("no text layer on page 1") && said.contains("run OCR"), "{said}");
    let under = "q 500 0 0 700 40 40 cm /Im Do Q 3 Tr\n".to_owned() + &lines(72.0, 700.0, &[BEFORE]);
    env.write("ocr.pdf", File::new().page(&under).bytes());
    let said = env.run(&["show", "ocr.pdf"]);
    assert!(said.err.contains("was recognised in its image"), "{}", said.err);
    assert!(said.with_code(0).contains("150 visits"));
}
