#include "contract/verify/model/html.h"

#include "test.h"

#include <string.h>

/* What is read of a document, on one line: texts in brackets. */
static void reads(const char *document, const char *wanted)
{
    struct html html = {document, document + strlen(document)};
    struct html_token token;
    struct text out = {0};

    text_add(&out, "");
    while (html_next(&html, &token)) {
        if (token.kind == HTML_TEXT) {
            text_format(&out, "[%.*s]", (int)token.length, token.inside);
        } else {
            text_format(&out, "%s%s", token.kind == HTML_END ? "/" : "", token.name);
            text_format(&out, "(%.*s)", (int)token.length, token.inside);
        }
    }
    assert_string_equal(out.data, wanted);
    text_release(&out);
}

static void resolves(const char *text, const char *wanted)
{
    struct text out = {0};

    text_add(&out, "");
    html_resolve(&out, text, strlen(text));
    assert_string_equal(out.data, wanted);
    text_release(&out);
}

/* NULL: the tag has none. */
static void has(const char *inside, const char *wanted)
{
    struct html_token token = {.kind = HTML_START, .inside = inside, .length = strlen(inside)};
    struct text out = {0};

    text_add(&out, "");
    assert_int_equal(html_attribute(&token, "title", &out), wanted != NULL);
    assert_string_equal(out.data, wanted != NULL ? wanted : "");
    text_release(&out);
}

TEST(tags_and_texts_come_one_after_another)
{
    reads("", "");
    reads("a<b>c</b>d", "[a]b()[c]/b()[d]");
    reads("<TD CLASS=x>\n<br/></tD >", "td( CLASS=x)[\n]br(/)/td( )");
    reads("<a title='>' href=\">\">x", "a( title='>' href=\">\")[x]");
}

TEST(what_is_no_tag_is_text)
{
    reads("a < b <3 </> <", "[a < b <3 </> <]");
    reads("<", "[<]");
}

TEST(comments_and_doctypes_are_passed_over)
{
    reads("<!doctype html><!-- <b> -- > -->a<!-- -->b<?php x ?>c<!--", "[a][b][c]");
}

TEST(what_is_cut_short_ends)
{
    reads("<b", "b()");
    reads("<b title=\"x", "b( title=\"x)");
    reads("</", "[</]");
    reads("<!", "");
}

TEST(character_references_are_resolved)
{
    resolves("&lt;&gt;&amp;&quot;&apos;&#39;&#x27;&#X3c;", "<>&\"'''<");
    resolves("&#233;&#x1F600;&nbsp;", "\xc3\xa9\xf0\x9f\x98\x80\xc2\xa0");
    resolves("&amp;lt;", "&lt;");
    resolves("&; & &x; &#; &#x; &#xd800; &#x110000; &#0; &ampx &#1a;",
             "&; & &x; &#; &#x; &#xd800; &#x110000; &#0; &ampx &#1a;");
}

TEST(an_attribute_is_found_by_its_name)
{
    has(" title=\"a &amp; 'b'\"", "a & 'b'");
    has(" href=/x?title=1 TITLE='\"' y", "\"");
    has(" title=ab c", "ab");
    has(" title", "");
    has(" title/", "");
    has(" data-title=\"x\" titles=y", NULL);
    has(" x=\"title=y\"", NULL);
    has(" = title =", "");
    has("", NULL);
    has(" title=\"cut", "cut");
}
