#include "warned.h"

#include "base/mem.h"
#include "log_builder.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* The warnings that a log gives, one in words after the other; a kind and a command of each are checked. */
void warned_check_all(const struct run_log *log, const struct warning *expected, size_t count)
{
    struct findings findings = log_builder_findings(log);

    for (size_t i = 0; i < findings.warning_count; i++) {
        print_message("%s\n", findings.warnings[i].text);
    }
    assert_int_equal(findings.warning_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(findings.warnings[i].kind, expected[i].kind);
        assert_string_equal(findings.warnings[i].text, expected[i].text);
        assert_int_equal(findings.warnings[i].command != NULL, expected[i].command != NULL);
        if (expected[i].command != NULL) {
            assert_string_equal(findings.warnings[i].command, expected[i].command);
        }
    }
    findings_release(&findings);
}

void warned_check(const struct run_log *log, enum warning_kind kind, char *text, char *command)
{
    warned_check_all(log, &(struct warning){kind, text, command}, 1);
}

void warned_check_silent(const struct run_log *log)
{
    warned_check_all(log, NULL, 0);
}

void warned_replace(char **string, const char *by)
{
    free(*string);
    *string = mem_string(by);
}

/* A run of one backend, of which nothing is to be warned. */
void warned_quiet_run(struct run_log *log)
{
    log_builder_init(log);
    log_builder_backend(log, "go");
    log_builder_climb(log, "go", 0, "ppb");
}
