#include "bench/resume.h"

#include "base/file.h"
#include "base/mem.h"
#include "bench/participants.h"
#include "run_example.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char *const files[] = {"run.jsonl", NULL};

/* The example's run, cut short, in a file. */
struct fixture {
    char *folder, *file;
    struct run_log log;
};

static void fixture_init(struct fixture *fixture)
{
    fixture->folder = run_example_folder();
    fixture->file = file_join(fixture->folder, files[0]);
    run_example_make(&fixture->log);
    fixture->log.end.interrupted = true;
    run_example_write(&fixture->log, fixture->file);
}

static void fixture_release(struct fixture *fixture)
{
    run_log_release(&fixture->log);
    free(fixture->file);
    run_example_remove(fixture->folder, files);
}

/* Resuming must be refused because of `key`, and why. */
static void check_refused(const struct fixture *fixture, const char *key)
{
    struct resume resume;
    struct error err = {0};
    char *quoted = mem_format("its \"%s\" is ", key);

    assert_int_equal(resume_read(&resume, &(struct line_file_options){.path = fixture->file}, &fixture->log.run, &err),
                     -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, fixture->file));
    if (strstr(err.message, quoted) == NULL) {
        fail_msg("not about %s: %s", key, err.message);
    }
    free(quoted);
}

TEST(a_run_that_was_cut_short_is_resumed_by_the_same_run)
{
    struct fixture fixture;
    struct resume resume;
    struct error err = {0};

    fixture_init(&fixture);
    if (resume_read(&resume, &(struct line_file_options){.path = fixture.file}, &fixture.log.run, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_non_null(resume_backend(&resume, fixture.log.backends[0].name));
    assert_null(resume_backend(&resume, "nobody"));
    assert_false(resume_finished(&resume, "nobody", 0));
    resume_release(&resume);
    fixture_release(&fixture);
}

TEST(a_text_that_is_another_is_named)
{
    struct fixture fixture;

    fixture_init(&fixture);
    struct run_record *run = &fixture.log.run;
    const struct {
        const char *key;
        char **text;
    } texts[] = {
        {"harness_version", &run->harness_version},
        {"scenario_name", &run->scenario_name},
        {"scenario_hash", &run->scenario_hash},
        {"profile", &run->profile},
        {"backends", &run->backends},
        {"generator_cores", &run->generator_cores},
        {"service_cores", &run->service_cores},
        {"box", &run->box},
        {"machine.cpu", &run->machine.cpu},
        {"machine.architecture", &run->machine.architecture},
        {"machine.kernel", &run->machine.kernel},
        {"machine.system", &run->machine.system},
        {"machine.virtualization", &run->machine.virtualization},
        {"machine.governor", &run->machine.governor},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char *before = *texts[i].text;
        *texts[i].text = (char *)"another";
        check_refused(&fixture, texts[i].key);
        *texts[i].text = NULL;
        if (before != NULL) {
            check_refused(&fixture, texts[i].key);
        }
        *texts[i].text = before;
    }
    fixture_release(&fixture);
}

TEST(a_number_that_is_another_is_named)
{
    struct fixture fixture;

    fixture_init(&fixture);
    struct run_record *run = &fixture.log.run;
    run->seed++;
    check_refused(&fixture, "seed");
    run->seed--;
    run->trials++;
    check_refused(&fixture, "trials");
    run->trials--;
    run->machine.cores++;
    check_refused(&fixture, "machine.cores");
    run->machine.cores--;
    run->machine.memory_bytes++;
    check_refused(&fixture, "machine.memory_bytes");
    fixture_release(&fixture);
}

TEST(how_busy_the_machine_was_does_not_matter)
{
    struct fixture fixture;
    struct resume resume;

    fixture_init(&fixture);
    fixture.log.run.machine.load1 += 3;
    fixture.log.run.machine.steal_share += 0.5;
    assert_int_equal(resume_read(&resume, &(struct line_file_options){.path = fixture.file}, &fixture.log.run, NULL),
                     0);
    resume_release(&resume);
    fixture_release(&fixture);
}

TEST(a_complete_run_is_not_resumed)
{
    char *folder = run_example_folder(), *file = file_join(folder, files[0]);
    struct run_log log;
    struct resume resume;
    struct error err = {0};

    run_example_make(&log);
    log.end.interrupted = false;
    run_example_write(&log, file);
    assert_int_equal(resume_read(&resume, &(struct line_file_options){.path = file}, &log.run, &err), -1);
    assert_non_null(strstr(err.message, "this run is complete"));
    run_log_release(&log);
    free(file);
    run_example_remove(folder, files);
}

TEST(a_run_that_is_still_going_on_is_not_resumed_and_its_file_stays_as_it_is)
{
    struct fixture fixture;
    struct resume resume, other;
    struct text before = {0}, after = {0};
    struct error err = {0};

    fixture_init(&fixture);
    const struct line_file_options file = {.path = fixture.file};
    assert_int_equal(file_read(fixture.file, &before, NULL), 0);
    assert_int_equal(truncate(fixture.file, (off_t)before.length - 7), 0); /* into its last line */
    text_clear(&before);
    assert_int_equal(file_read(fixture.file, &before, NULL), 0);
    assert_int_equal(resume_read(&resume, &file, &fixture.log.run, &err), 0);
    assert_int_equal(resume_read(&other, &file, &fixture.log.run, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "still going on"));
    resume_release(&resume);
    assert_int_equal(file_read(fixture.file, &after, NULL), 0);
    assert_string_equal(after.data, before.data);
    assert_int_equal(resume_read(&resume, &file, &fixture.log.run, NULL), 0); /* the lock goes with its holder */
    resume_release(&resume);
    text_release(&before);
    text_release(&after);
    fixture_release(&fixture);
}

/* ---- the backends of a resumed run ---- */

/* The first backend took part before, the second was left out. */
static void make_before(struct resume *resume, struct backend_record records[2])
{
    records[0] = (struct backend_record){.name = (char *)"go"};
    records[1] = (struct backend_record){.name = (char *)"rust", .skipped = (char *)"no cargo"};
    *resume = (struct resume){.log = {.backends = records, .backend_count = 2}};
}

static void begin(struct participants *participants, const struct manifest *manifests, size_t count)
{
    const struct bench_options options = {.backends = manifests, .backend_count = count};
    const struct cores cores = {.generator_count = 1};

    assert_int_equal(participants_init(participants, &options, &cores, NULL), 0);
}

TEST(what_was_left_out_before_is_left_out_again)
{
    const struct manifest manifests[] = {{.name = (char *)"go"}, {.name = (char *)"rust"}, {.name = (char *)"node"}};
    struct backend_record before[2];
    struct participants participants;
    struct resume resume;

    struct step_record step = {.backend = (char *)"go"};

    make_before(&resume, before);
    resume.log.steps = &step;
    resume.log.step_count = 1;
    begin(&participants, manifests, 3);
    assert_int_equal(participants_measured(&participants), 0);
    assert_int_equal(participants_check_resumed(&participants, &resume, NULL), 0);
    assert_null(participants.records[0].skipped);
    assert_string_equal(participants.records[1].skipped, "no cargo");
    assert_null(participants.records[2].skipped);
    assert_int_equal(participants_measured(&participants), 1); /* only go has had a step */
    participants_release(&participants);
}

TEST(what_took_part_before_has_to_be_able_to_now)
{
    const struct manifest manifests[] = {{.name = (char *)"go"}, {.name = (char *)"rust"}};
    struct backend_record before[2];
    struct participants participants;
    struct resume resume;
    struct error err = {0};

    make_before(&resume, before);
    begin(&participants, manifests, 2);
    participants.records[0].skipped = mem_string("its build failed");
    assert_int_equal(participants_check_resumed(&participants, &resume, &err), -1);
    assert_non_null(strstr(err.message, "go took part in it and cannot now: its build failed"));
    participants_release(&participants);
}

/* What a backend was when the run began, and with `change` made to it now. */
static void check_service(void (*change)(struct backend_record *now), const char *word)
{
    const struct backend_record then = {.name = (char *)"go",
                                        .language = (char *)"Go",
                                        .framework = (char *)"net/http",
                                        .class = (char *)"production",
                                        .versions = (char *)"go version go1.25.1",
                                        .artifact_hash = (char *)"abc",
                                        .workers = 2,
                                        .source_lines = 700};
    struct backend_record now = then;
    struct error err = {0};

    change(&now);
    assert_int_equal(resume_check_backend(&then, &now, &err), word == NULL ? 0 : -1);
    if (word != NULL && (strstr(err.message, word) == NULL || strstr(err.message, "go is another service") == NULL)) {
        fail_msg("not about %s: %s", word, err.message);
    }
}

static void change_nothing(struct backend_record *now)
{
    now->cold_start_ns = 5; /* and whatever else is measured anew */
    now->artifact_bytes = 12;
}

static void change_language(struct backend_record *now)
{
    now->language = (char *)"C";
}

static void change_versions(struct backend_record *now)
{
    now->versions = (char *)"go version go1.26.0";
}

static void change_workers(struct backend_record *now)
{
    now->workers = 3;
}

static void change_lines(struct backend_record *now)
{
    now->source_lines++;
}

static void change_hash(struct backend_record *now)
{
    now->artifact_hash = (char *)"abd";
}

static void change_environment(struct backend_record *now)
{
    now->environment = (char *)"GOGC=200";
}

static void lose_hash(struct backend_record *now)
{
    now->artifact_hash = NULL;
}

TEST(a_service_that_is_another_is_refused_by_what_differs)
{
    check_service(change_nothing, NULL);
    check_service(change_language, "\"language\" is \"Go\", here and now it is \"C\"");
    check_service(change_versions, "\"versions\"");
    check_service(change_workers, "\"workers\" is 2");
    check_service(change_lines, "\"source_lines\"");
    check_service(change_hash, "\"artifact_hash\" is \"abc\"");
    check_service(lose_hash, "\"artifact_hash\"");
    check_service(change_environment, "\"environment\" is \"not known\", here and now it is \"GOGC=200\"");
}

/* Files of before the hash have none. */
TEST(a_service_without_a_recorded_hash_is_compared_by_the_rest)
{
    struct backend_record then = {.name = (char *)"go", .versions = (char *)"1"};
    struct backend_record now = {.name = (char *)"go", .versions = (char *)"1", .artifact_hash = (char *)"abc"};

    assert_int_equal(resume_check_backend(&then, &now, NULL), 0);
    now.versions = (char *)"2";
    assert_int_equal(resume_check_backend(&then, &now, NULL), -1);
}
