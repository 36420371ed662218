#include "analysis/profile/break_profile.h"

#include "base/mem.h"
#include "test.h"

#include <math.h>
#include <string.h>

static struct profile_record record_of(bool broke, const char *stacks, uint64_t samples)
{
    return (struct profile_record){
        .backend = "go", .level = broke ? 32000 : 16000, .broke = broke, .stacks = (char *)stacks, .samples = samples};
}

static struct break_profile find(struct profile_record *records, size_t count)
{
    struct run_log log = {.profiles = records, .profile_count = count};
    struct break_profile profile;

    break_profile_find(&log, "go", &profile);
    return profile;
}

TEST(the_innermost_function_of_a_stack_is_what_ran)
{
    struct profile_record record =
        record_of(true, "main;serve;parse 60\nmain;serve 30\nmain;serve;parse;copy 10\n", 100);
    struct break_profile profile = find(&record, 1);

    assert_int_equal(profile.count, 3);
    assert_string_equal(profile.functions[0].name, "parse");
    assert_float_equal(profile.functions[0].share, 0.6, 1e-12);
    assert_string_equal(profile.functions[2].name, "copy");
    assert_true(isnan(profile.functions[0].before));
    assert_int_equal(break_profile_grown(&profile, 0.02), profile.count);
    break_profile_release(&profile);
}

TEST(what_grew_most_between_the_two_loads_is_found)
{
    struct profile_record records[] = {record_of(false, "a;parse 80\na;sort 10\na;send 10\n", 100),
                                       record_of(true, "a;parse 100\na;sort 80\na;send 20\n", 200)};
    struct break_profile profile = find(records, 2);

    size_t grown = break_profile_grown(&profile, 0.02);
    assert_string_equal(profile.functions[grown].name, "sort");
    assert_float_equal(profile.functions[grown].share, 0.4, 1e-12);
    assert_float_equal(profile.functions[grown].before, 0.1, 1e-12);
    assert_int_equal(break_profile_grown(&profile, 0.5), profile.count);
    break_profile_release(&profile);
}

TEST(code_without_symbols_is_told_apart)
{
    struct profile_record record = record_of(true, "main;0x7f00aa 25\n[unknown] 25\nmain;serve handler 50\n", 100);
    struct break_profile profile = find(&record, 1);

    assert_float_equal(profile.unresolved, 0.5, 1e-12);
    assert_int_equal(profile.count, 1);
    assert_string_equal(profile.functions[0].name, "serve handler");
    break_profile_release(&profile);
}

TEST(stacks_that_the_run_log_left_out_count_as_samples)
{
    struct profile_record record = record_of(true, "main;serve 50\n", 100);
    struct break_profile profile = find(&record, 1);

    assert_float_equal(profile.functions[0].share, 0.5, 1e-12);
    break_profile_release(&profile);
}

TEST(other_services_and_loads_without_stacks_say_nothing)
{
    struct profile_record records[] = {record_of(true, NULL, 0), record_of(true, "x 1\n", 1)};

    records[1].backend = "rust";
    struct break_profile profile = find(records, 2);
    assert_ptr_equal(profile.broke, &records[0]);
    assert_int_equal(profile.count, 0);
    break_profile_release(&profile);
    profile = find(records + 1, 1);
    assert_null(profile.broke);
    break_profile_release(&profile);
}
