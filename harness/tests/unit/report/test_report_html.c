/* The page without a browser: what the data in it says, and that nothing in a run log gets out of it. */
#include "report/html.h"

#include "base/base64.h"
#include "base/mem.h"
#include "report/data/json.h"
#include "report/page/html_template.h"
#include "report_cases.h"
#include "test.h"

#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define DATA_BEGIN "<script type=\"application/gzip\" id=\"twofold-data\""
#define LOG_BEGIN  "<script type=\"application/gzip\" class=\"twofold-log\""
#define DATA_END   "</script>"

static bool has_page(void)
{
    return html_template[0] != '\0';
}

/* The page of one case, or of none where this build has no page: then it must say so. */
static bool write_page(const struct report_case *report_case, struct text *out)
{
    struct findings_builder builder;
    struct error err = {0};

    report_case->build(&builder);
    int result = html_write(&(struct html_run){"run.jsonl", &builder.findings}, 1, out, &err);
    builder_release(&builder);
    if (!has_page()) {
        assert_int_equal(result, -1);
        assert_int_equal(err.kind, ERROR_FAILED);
        assert_non_null(strstr(err.message, "npm"));
        return false;
    }
    assert_int_equal(result, 0);
    return true;
}

/* Where the data begins in the page. */
static char *data_in(const struct text *page)
{
    char *begin = strstr(page->data, DATA_BEGIN);
    assert_non_null(begin);
    return strchr(begin, '>') + 1;
}

static void inflate_into(struct text *out, const struct text *packed)
{
    z_stream stream = {.next_in = (Bytef *)packed->data, .avail_in = (uInt)packed->length};
    char bytes[65536];
    int status = Z_OK;

    assert_int_equal(inflateInit2(&stream, 31), Z_OK);
    while (status == Z_OK) {
        stream.next_out = (Bytef *)bytes;
        stream.avail_out = sizeof bytes;
        status = inflate(&stream, Z_NO_FLUSH);
        text_append(out, bytes, sizeof bytes - stream.avail_out);
    }
    assert_int_equal(status, Z_STREAM_END);
    inflateEnd(&stream);
}

/* What stands packed from `begin` to the end of its element, unpacked. */
static struct text unpacked(const char *begin)
{
    struct text base64 = {0}, packed = {0}, out = {0};
    const char *end = strstr(begin, DATA_END);

    assert_non_null(end);
    text_append(&base64, begin, (size_t)(end - begin));
    assert_int_equal(base64_decode(base64.data, &packed), 0);
    inflate_into(&out, &packed);
    text_release(&base64);
    text_release(&packed);
    return out;
}

static json_t *data_of(const struct text *page)
{
    struct text text = unpacked(data_in(page));
    json_t *data = json_loadb(text.data, text.length, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(data);
    text_release(&text);
    return data;
}

static size_t count(const char *text, const char *wanted)
{
    size_t found = 0;
    for (const char *at = strstr(text, wanted); at != NULL; at = strstr(at + 1, wanted)) {
        found++;
    }
    return found;
}

/* Real numbers are written in full in the page and to ten digits in the JSON report. */
static void same_value(const char *path, const json_t *page, const json_t *report)
{
    if (json_is_number(report)) {
        double a = json_number_value(page), b = json_number_value(report);
        double slack = 1e-9 * (b < 0 ? -b : b);
        assert_true(a >= b - slack && a <= b + slack);
        return;
    }
    if (json_is_object(report)) {
        const char *key;
        json_t *value;
        assert_int_equal(json_object_size(page), json_object_size(report));
        json_object_foreach((json_t *)report, key, value)
        {
            same_value(key, json_object_get(page, key), value);
        }
    } else if (json_is_array(report)) {
        assert_int_equal(json_array_size(page), json_array_size(report));
        for (size_t i = 0; i < json_array_size(report); i++) {
            same_value(path, json_array_get(page, i), json_array_get(report, i));
        }
    } else if (!json_equal(page, report)) {
        fail_msg("%s is not the same in the page and in the JSON report", path);
    }
}

TEST(the_page_holds_what_the_json_report_says)
{
    for (const struct report_case *each = report_cases; each->name != NULL; each++) {
        struct text page = {0};
        if (write_page(each, &page)) {
            struct text written = report_case_write(each, REPORT_JSON, NULL);
            json_t *report = json_loadb(written.data, written.length, 0, NULL);
            json_t *data = data_of(&page);
            json_t *run = json_array_get(json_object_get(data, "runs"), 0);
            assert_string_equal(json_string_value(json_object_get(run, "file")), "run.jsonl");
            same_value(each->name, json_object_get(run, "report"), report);
            assert_int_equal(json_array_size(json_object_get(run, "shown")),
                             json_array_size(json_object_get(report, "backends")));
            json_decref(data);
            json_decref(report);
            text_release(&written);
        }
        text_release(&page);
    }
}

TEST(without_scripts_the_page_is_the_text_report)
{
    for (const struct report_case *each = report_cases; each->name != NULL; each++) {
        struct text page = {0};
        if (write_page(each, &page)) {
            struct text text = report_case_write(each, REPORT_TEXT, &(struct report_options){.details = true});
            char *line = strstr(text.data, "Service by service");
            char *begin = strstr(page.data, "<noscript>"), *end = strstr(page.data, "</noscript>");
            assert_non_null(line);
            assert_true(begin != NULL && end != NULL && strstr(begin, "Service by service") < end);
            assert_int_equal(count(begin, "<pre>"), 1);
            text_release(&text);
        }
        text_release(&page);
    }
}

TEST(nothing_in_a_run_log_gets_out_of_the_page)
{
    struct text plain = {0}, strange = {0};

    if (!write_page(report_case_named("four_services"), &plain)) {
        return;
    }
    assert_true(write_page(report_case_named("strange_strings"), &strange));
    assert_int_equal(count(strange.data, "<script"), count(plain.data, "<script"));
    assert_int_equal(count(strange.data, "</script"), count(plain.data, "</script"));
    assert_int_equal(count(strange.data, "<!--"), count(plain.data, "<!--"));
    char *data = data_in(&strange);
    for (const char *at = data; at < strstr(data, DATA_END); at++) {
        assert_true(*at != '<' && (unsigned char)*at >= 0x20 && (unsigned char)*at < 0x80);
    }
    text_release(&plain);
    text_release(&strange);
}

TEST(several_runs_stand_in_one_page)
{
    struct findings_builder first, second;
    struct text page = {0};
    struct error err = {0};

    report_case_named("trials")->build(&first);
    report_case_named("ties")->build(&second);
    const struct html_run runs[] = {{"a.jsonl", &first.findings}, {"b.jsonl", &second.findings}};
    if (html_write(runs, 2, &page, &err) == 0) {
        json_t *data = data_of(&page);
        json_t *second_run = json_array_get(json_object_get(data, "runs"), 1);
        assert_string_equal(json_string_value(json_object_get(second_run, "file")), "b.jsonl");
        *strstr(page.data, "</noscript>") = '\0';
        assert_int_equal(count(strstr(page.data, "<noscript>"), "Service by service"), 2);
        json_decref(data);
    } else {
        assert_false(has_page());
    }
    text_release(&page);
    builder_release(&first);
    builder_release(&second);
}

TEST(the_page_holds_the_log_of_each_run)
{
    struct text page = {0};

    if (write_page(report_case_named("four_services"), &page)) {
        assert_int_equal(count(page.data, LOG_BEGIN), 1);
        struct text log = unpacked(strchr(strstr(page.data, LOG_BEGIN), '>') + 1);
        assert_non_null(strstr(log.data, "\"record\":\"run\""));
        text_release(&log);
    }
    text_release(&page);
}
