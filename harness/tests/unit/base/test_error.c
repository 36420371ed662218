#include "base/error.h"

#include "test.h"

#include <string.h>

TEST(the_first_cause_wins)
{
    struct error err = {0};

    assert_int_equal(error_input(&err, "cause %d", 1), -1);
    assert_int_equal(error_failed(&err, "cause %d", 2), -1);
    assert_int_equal(error_stopped(&err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_string_equal(err.message, "cause 1");
}

TEST(each_kind_is_kept)
{
    struct error failed = {0};
    struct error stopped = {0};

    error_failed(&failed, "no");
    error_stopped(&stopped);
    assert_int_equal(failed.kind, ERROR_FAILED);
    assert_int_equal(stopped.kind, ERROR_STOPPED);
    assert_string_equal(stopped.message, "interrupted");
}

TEST(context_goes_in_front)
{
    struct error err = {0};

    error_failed(&err, "cannot connect");
    assert_int_equal(error_context(&err, "backend %s", "go"), -1);
    error_context(&err, "run");
    assert_string_equal(err.message, "run: backend go: cannot connect");
    assert_int_equal(err.kind, ERROR_FAILED);
}

TEST(a_long_cause_is_cut_and_its_context_is_not)
{
    struct error err = {0};
    char cause[sizeof err.message * 2];

    memset(cause, 'x', sizeof cause);
    cause[sizeof cause - 1] = '\0';
    error_failed(&err, "%s", cause);
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
    error_context(&err, "here");
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
    assert_memory_equal(err.message, "here: xxx", 9);
}

TEST(what_a_terminal_would_obey_becomes_a_question_mark)
{
    struct error err = {0};

    error_input(&err, "\x1b[2J\r\x07 \xc2\x9b \x7f");
    assert_string_equal(err.message, "?[2J?? ? ?");
    error_context(&err, "a\x1b]0;b");
    assert_string_equal(err.message, "a?]0;b: ?[2J?? ? ?");
}

TEST(a_message_quotes_no_password)
{
    struct error err = {0};

    error_failed(&err, "cannot reach %s", "postgresql://shop:hunter2@db/shop");
    error_context(&err, "http://me:secret@host");
    assert_string_equal(err.message, "http://me:(cut)@host: cannot reach postgresql://shop:(cut)@db/shop");
}

TEST(lines_tabs_and_letters_stay_in_a_message)
{
    struct error err = {0};

    error_input(&err, "caf\xc3\xa9:\n\t\xe2\x82\xac \xc2\xa0");
    assert_string_equal(err.message, "caf\xc3\xa9:\n\t\xe2\x82\xac \xc2\xa0");
}

TEST(without_an_error_only_the_result_is_left)
{
    assert_int_equal(error_failed(NULL, "x"), -1);
    assert_int_equal(error_input(NULL, "x"), -1);
    assert_int_equal(error_stopped(NULL), -1);
    assert_int_equal(error_context(NULL, "x"), -1);
}

TEST(an_error_can_be_used_again)
{
    struct error err = {0};

    error_failed(&err, "first");
    err = (struct error){0};
    assert_int_equal(err.kind, ERROR_NONE);
    error_input(&err, "second");
    assert_string_equal(err.message, "second");
}
