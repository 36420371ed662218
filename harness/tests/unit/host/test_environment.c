#include "host/process/environment.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>

static const char *value_in(char *const *list, const char *name)
{
    const char *found = NULL;

    for (; *list != NULL; list++) {
        if (strncmp(*list, name, strlen(name)) == 0 && (*list)[strlen(name)] == '=') {
            assert_null(found); /* each name once */
            found = *list + strlen(name) + 1;
        }
    }
    return found;
}

static void set_shell(void)
{
    setenv("PATH", "/usr/bin:/bin", 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    setenv("GOGC", "12345", 1);
    setenv("NODE_OPTIONS", "--max-old-space-size=16", 1);
    setenv("LD_PRELOAD_OF_SOMEBODY", "x.so", 1);
    setenv("PGSSLMODE", "verify-full", 1);
    setenv("AWS_SECRET_ACCESS_KEY", "of the shell", 1);
    setenv("https_proxy", "http://proxy:3128", 1);
    setenv("CFLAGS", "-O0", 1);
}

TEST(a_service_gets_nothing_of_the_shell_that_is_not_on_the_list)
{
    set_shell();
    char **list = environment_make(&(struct environment){.purpose = ENVIRONMENT_RUN});

    assert_string_equal(value_in(list, "PATH"), "/usr/bin:/bin");
    assert_string_equal(value_in(list, "LC_ALL"), "C.UTF-8");
    assert_null(value_in(list, "GOGC"));
    assert_null(value_in(list, "NODE_OPTIONS"));
    assert_null(value_in(list, "LD_PRELOAD_OF_SOMEBODY"));
    assert_null(value_in(list, "PGSSLMODE"));
    assert_null(value_in(list, "AWS_SECRET_ACCESS_KEY"));
    assert_null(value_in(list, "https_proxy"));
    environment_free(list);
}

TEST(a_build_also_reaches_its_packages_and_gets_no_flags)
{
    set_shell();
    char **list = environment_make(&(struct environment){.purpose = ENVIRONMENT_BUILD});

    assert_string_equal(value_in(list, "https_proxy"), "http://proxy:3128");
    assert_null(value_in(list, "CFLAGS"));
    assert_null(value_in(list, "AWS_SECRET_ACCESS_KEY"));
    environment_free(list);
}

TEST(what_is_named_is_passed_on_or_set_and_the_harness_wins)
{
    char *named[] = {"GOGC", "NODE_OPTIONS=--flag", "NOT_IN_THE_SHELL", "PATH=/opt/bin", "DATABASE_URL=x", NULL};
    char *given[] = {"PORT=4711", "DATABASE_URL=postgresql://h/", NULL};

    set_shell();
    char **list = environment_make(&(struct environment){.named = named, .given = given});
    assert_string_equal(value_in(list, "GOGC"), "12345");
    assert_string_equal(value_in(list, "NODE_OPTIONS"), "--flag");
    assert_null(value_in(list, "NOT_IN_THE_SHELL"));
    assert_string_equal(value_in(list, "PATH"), "/opt/bin");
    assert_string_equal(value_in(list, "DATABASE_URL"), "postgresql://h/");
    assert_string_equal(value_in(list, "PORT"), "4711");
    environment_free(list);
}

TEST(what_is_named_is_described_without_its_secrets)
{
    char *named[] = {"GOGC", "NOT_IN_THE_SHELL", "API_TOKEN=abc", "AWS_SECRET_ACCESS_KEY", "CACHE=redis://:pw@h", NULL};

    set_shell();
    char *words = environment_describe(named);
    assert_string_equal(words, "GOGC=12345; API_TOKEN=(cut); AWS_SECRET_ACCESS_KEY=(cut); CACHE=redis://:(cut)@h");
    free(words);
    assert_null(environment_describe(NULL));
    assert_null(environment_describe((char *[]){"NOT_IN_THE_SHELL", NULL}));
}
