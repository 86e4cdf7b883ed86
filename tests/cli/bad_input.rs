//! Input that is not what it should be: one clear error and exit code 2, or a right answer; never a panic, never silence.

use crate::env::Env;

const TEXT: &str = "1. Urges all States to act.\n";

#[track_caller]
fn refused(bytes: &[u8], parts: &[&str]) {
    let env = Env::new();
    env.write("bad.txt", bytes).write("good.txt", TEXT);
    for arguments in
        [["diff", "bad.txt", "good.txt"], ["diff", "good.txt", "bad.txt"], ["audit", "good.txt", "bad.txt"]]
    {
        let error = env.run(&arguments).error();
        assert!(error.contains("bad.txt") && error.contains("hint: "), "{error}");
        for part in parts {
            assert!(error.contains(part), "{part}: {error}");
        }
    }
    env.run(&["show", "bad.txt", "--format", "json", "-o", "out.json"]).error();
    assert!(!env.path("out.json").exists());
    env.run_with_stdin(&["show", "-"], bytes).error();
}

#[test]
fn files_that_are_no_text() {
    refused(b"", &["it holds no text"]);
    refused(b" \n\t\n", &["it holds no text"]);
    refused(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", &["it is a PDF, and damaged", "fetch it again"]);
    refused(b"\x89PNG\r\n\x1A\n", &["a PNG image", "run OCR over it first"]);
    refused(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", &["an old Office document", "save it as DOCX or PDF"]);
    refused(b"\xFFWPC\x10\0\0\0", &["a WordPerfect document", "save it as DOCX or PDF"]);
    refused(b"PK\x03\x04rest", &["a ZIP container"]);
    refused(&[0, 1, 2, 3, 4, 5, 255, 254, 253], &["can't be read"]);
    refused(b"1. Urges all \xE2\x80\x9CStates\xE2\x80\x9D \xED\xA0\x80 to act \xE2\x80\x94 now.\n", &["UTF-8"]);
    refused(b"\xFF\xFEa\x00\x00\xD8b\x00", &["UTF-16"]);
}

#[test]
fn files_that_are_not_there() {
    let env = Env::new();
    env.write("good.txt", TEXT).write("folder/file.txt", TEXT);
    for (name, part) in [
        ("missing.txt", "missing.txt: there is no such file, and no corpus"),
        ("Missing File.txt", "no such file, and it is no reference"),
        ("folder", "folder is a folder, not a file"),
        ("good.txt/deeper", "there is no such file"),
        ("", "there is no such file"),
    ] {
        for arguments in [["diff", name, "good.txt"], ["diff", "good.txt", name]] {
            let error = env.run(&arguments).error();
            assert!(error.contains(part) && error.contains("hint: "), "{error}");
        }
        env.run(&["show", name]).error();
    }
}

#[cfg(unix)]
#[test]
fn files_that_may_not_be_read() {
    use std::os::unix::{ffi::OsStrExt as _, fs::PermissionsExt as _};
    let env = Env::new();
    env.write("closed.txt", TEXT);
    std::fs::set_permissions(env.path("closed.txt"), std::fs::Permissions::from_mode(0o0)).expect("closed");
    // The superuser reads everything.
    if std::fs::read(env.path("closed.txt")).is_err() {
        let error = env.run(&["show", "closed.txt"]).error();
        assert!(error.contains("closed.txt can't be read") && error.contains("permissions"), "{error}");
    }
    let error = env.run(&[std::ffi::OsStr::new("show"), std::ffi::OsStr::from_bytes(b"no\xFFname")]).error();
    assert!(error.contains("there is no such file"), "{error}");
}

#[test]
fn wrong_usage() {
    let env = Env::new();
    env.write("good.txt", TEXT);
    for arguments in [
        &["diff", "good.txt"][..],
        &["diff", "good.txt", "good.txt", "--no-such-option"],
        &["diff", "good.txt", "good.txt", "--format", "papyrus"],
        &["diff", "good.txt", "good.txt", "--min-tier", "grave"],
        &["diff", "good.txt", "good.txt", "--width", "wide"],
        &["audit", "--threads", "0"],
        &["nonsense"],
        &["show", "good.txt", "--lang", "klingon"],
    ] {
        env.run(arguments).error();
    }
    let said = env.run::<&str>(&[]);
    assert_eq!(said.code, Some(2));
    assert!(said.err.contains("Usage"), "{}", said.err);
    let error = env.run(&["diff", "a", "b", "--\u{1B}[31mred"]).error();
    assert!(!error.contains('\u{1B}'), "{error:?}");
}

#[test]
fn nothing_in_a_text_steers_the_terminal() {
    let env = Env::new();
    env.write("nul.txt", "1. Urges\0 all States to act.\n");
    assert!(env.run(&["show", "nul.txt"]).with_code(0).contains("Urges<U+0000> all"));
    let sly =
        "1. Urges\u{202E} all\u{2066} States\u{200B} to act\u{AD} now.\n\n2. Decides to pay \u{9B}31m 150 dollars.\n";
    env.write("sly.txt", sly).write("good.txt", "1. Urges all States to act now.\n\n2. Decides to pay 150 dollars.\n");
    let hidden = ['\u{1B}', '\u{9B}', '\u{202E}', '\u{2066}', '\u{200B}', '\u{AD}'];
    for arguments in [
        &["show", "sly.txt"][..],
        &["diff", "good.txt", "sly.txt"],
        &["diff", "sly.txt", "good.txt"],
        &["show", "sly.txt", "--format", "json"],
        &["audit", "good.txt", "sly.txt"],
    ] {
        let said = env.run(arguments);
        assert!(!said.out.contains(hidden) && !said.err.contains(hidden), "{arguments:?}: {:?}", said.out);
        if said.code == Some(2) {
            assert!(said.err.contains("error: "), "{}", said.err);
        }
    }
    let out = env.run(&["show", "sly.txt"]).with_code(0);
    assert!(out.contains("<U+202E>") && out.contains("<U+200B>"), "{out}");
    let json = env.run(&["show", "sly.txt", "--format", "json"]).json(0);
    assert!(json["clauses"][0]["text"].as_str().expect("a text").contains('\u{202E}'));
}

#[test]
fn escape_sequences_in_names_and_texts_are_shown_not_obeyed() {
    let env = Env::new();
    env.write("plain.txt", TEXT).write(
        "sequence.txt",
        format!(
            "{}\u{1B}]0;title\u{7}1. Urges \u{1B}[2Jall States.\n",
            "A paragraph of some length that stands before. ".repeat(20)
        ),
    );
    for arguments in [["show", "sequence.txt"], ["show", "no\u{1B}[2Jfile"]] {
        let said = env.run(&arguments);
        assert!(
            !said.out.contains(['\u{1B}', '\u{7}']) && !said.err.contains('\u{1B}'),
            "{:?} {:?}",
            said.out,
            said.err
        );
        assert!(
            said.out.contains("<U+001B>") || said.err.contains("<U+001B>") || said.err.contains("binary"),
            "{:?} {:?}",
            said.out,
            said.err
        );
    }
}

#[test]
fn thirty_megabytes_of_one_line() {
    let env = Env::new();
    let line = "urges all states to act without delay and ".repeat(30_000_000 / 42);
    env.write("long.txt", &line).write("longer.txt", format!("{line}once more"));
    env.run(&["show", "long.txt"]).with_code(0);
    let said = env.run(&["diff", "long.txt", "longer.txt", "--format", "json"]);
    assert!(matches!(said.code, Some(0 | 1)), "{}", said.err);
}

#[test]
fn two_hundred_thousand_lines_of_one_word() {
    let env = Env::new();
    let lines: String = (0..200_000).map(|at| format!("word{}\n", at % 977)).collect();
    env.write("many.txt", &lines).write("more.txt", format!("{lines}\nlast\n"));
    env.run(&["show", "many.txt"]).with_code(0);
    let said = env.run(&["diff", "many.txt", "more.txt"]);
    assert!(matches!(said.code, Some(0 | 1)), "{}", said.err);
}

/// What is no file would be waited for, or read without end.
#[cfg(unix)]
#[test]
fn pipes_devices_sockets_and_folders() {
    let env = Env::new();
    env.write(".gitconfig", "[user]\nname = Ada\nemail = ada@example.org\n");
    env.write("good.txt", TEXT).write("folder/file.txt", TEXT);
    let made = std::process::Command::new("mkfifo").arg(env.path("pipe.txt")).status();
    assert!(made.expect("mkfifo").success());
    let _listens = std::os::unix::net::UnixListener::bind(env.path("socket.txt")).expect("a socket");
    for (name, part) in [
        ("pipe.txt", "it is a pipe, not a file"),
        ("socket.txt", "it is a socket, not a file"),
        ("/dev/zero", "it is a device, not a file"),
        ("folder", "is a folder, not a file"),
    ] {
        for arguments in [
            &["diff", name, "good.txt"][..],
            &["diff", "good.txt", name],
            &["audit", name, "good.txt"],
            &["show", name],
            &["git", "merge", name, "good.txt", "good.txt"],
        ] {
            let error = env.run(arguments).error();
            assert!(error.contains(name), "{arguments:?}: {error}");
            assert!(error.contains(part) || arguments[0] == "git", "{arguments:?}: {error}");
        }
        env.run(&["git", "textconv", name]).error();
    }
    env.run(&["init", "corpus"]).with_code(0);
    for name in ["pipe.txt", "socket.txt", "/dev/zero"] {
        let error = env.run(&["add", name, "--corpus", "corpus", "--work", "v/1", "--lang", "en"]).error();
        assert!(error.contains("not a file"), "{error}");
        env.run(&["import", name, "--corpus", "corpus"]).error();
    }
    env.run_with_stdin(&["show", "/dev/stdin"], TEXT.as_bytes()).with_code(0);
}
