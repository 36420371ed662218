#include "record/run_log.h"

#include "base/file.h"
#include "base/mem.h"
#include "run_example.h"
#include "test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static const char *const files[] = {"run.jsonl", NULL};

static struct text read_text(const char *file)
{
    struct text text = {0};
    struct error err = {0};
    if (file_read(file, &text, &err) != 0) {
        fail_msg("%s", err.message);
    }
    text_append(&text, "", 0);
    return text;
}

TEST(an_existing_file_is_never_overwritten)
{
    char *folder = run_example_folder(), *file = file_join(folder, files[0]);
    struct run_writer *writer = NULL, *other = NULL;
    struct run_log log;
    struct error err = {0};

    run_example_make(&log);
    run_example_write(&log, file);
    struct text before = read_text(file);
    assert_int_equal(run_writer_open(&writer, file, &err), -1);
    assert_null(writer);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, file));
    struct text after = read_text(file);
    assert_string_equal(after.data, before.data);

    unlink(file);
    err = (struct error){0};
    assert_int_equal(run_writer_open(&writer, file, &err), 0);
    assert_int_equal(run_writer_open(&other, file, &err), 0);
    assert_int_equal(run_writer_run(writer, &log.run, &err), 0);
    assert_int_equal(run_writer_run(other, &log.run, &err), -1); /* nor one that was made since */
    assert_int_equal(err.kind, ERROR_INPUT);
    run_writer_close(other);
    run_writer_close(writer);
    run_writer_close(NULL);
    text_release(&before);
    text_release(&after);
    run_log_release(&log);
    free(file);
    run_example_remove(folder, files);
}

TEST(a_folder_that_is_not_there_is_named)
{
    struct run_writer *writer = NULL;
    struct error err = {0};

    assert_int_equal(run_writer_open(&writer, "/nonexistent/folder/run.jsonl", &err), -1);
    assert_int_equal(err.kind, ERROR_FAILED);
    assert_non_null(strstr(err.message, "/nonexistent/folder/run.jsonl"));
    assert_null(writer);
}

/* Writes record `index` of the example: its run, then its three backends, then its steps. */
static int write_record(struct run_writer *writer, const struct run_log *log, size_t index, struct error *err)
{
    if (index == 0) {
        return run_writer_run(writer, &log->run, err);
    }
    if (index <= 3) {
        return run_writer_backend(writer, &log->backends[index - 1], err);
    }
    return run_writer_step(writer, &log->steps[index - 4], err);
}

/* Each record can be read when its call returns. */
TEST(every_record_is_one_line_and_there_at_once)
{
    char *folder = run_example_folder(), *file = file_join(folder, files[0]);
    struct run_writer *writer = NULL;
    struct run_log log;
    struct error err = {0};

    run_example_make(&log);
    assert_int_equal(run_writer_open(&writer, file, &err), 0);
    for (size_t lines = 0; lines < 6; lines++) {
        int result = write_record(writer, &log, lines, &err);
        struct text text = read_text(file);
        size_t newlines = 0;
        for (size_t i = 0; i < text.length; i++) {
            newlines += text.data[i] == '\n';
        }
        assert_int_equal(result, 0);
        assert_int_equal(newlines, lines + 1);
        assert_int_equal(text.data[text.length - 1], '\n');
        text_release(&text);
    }
    run_writer_close(writer);
    run_log_release(&log);
    free(file);
    run_example_remove(folder, files);
}

TEST(a_service_that_writes_no_text_does_not_lose_the_record)
{
    char *folder = run_example_folder(), *file = file_join(folder, files[0]);
    struct run_log log, read;
    struct error err = {0};

    run_example_make(&log);
    free(log.steps[1].death.output);
    log.steps[1].death.output = mem_string("core \xff\xfe dumped\x80");
    run_example_write(&log, file);
    if (run_log_read(&read, file, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_string_equal(read.steps[1].death.output, "core \xef\xbf\xbd\xef\xbf\xbd dumped\xef\xbf\xbd");
    assert_int_equal(read.step_count, log.step_count);
    run_log_release(&read);
    run_log_release(&log);
    free(file);
    run_example_remove(folder, files);
}

TEST(a_file_is_reopened_behind_its_last_whole_line)
{
    static const struct resume_record resume = {.harness_version = "0.2.0", .resumed = "now"};
    char *folder = run_example_folder(), *file = file_join(folder, files[0]);
    struct run_writer *writer = NULL;
    struct run_log log, read;
    struct error err = {0};

    run_example_make(&log);
    run_example_write(&log, file);
    struct text before = read_text(file);
    assert_int_equal(truncate(file, (off_t)before.length - 7), 0); /* into its end */
    const struct line_file_options again = {.path = file};
    assert_int_equal(run_writer_reopen(&writer, &again, &err), 0);
    assert_int_equal(run_writer_resume(writer, &resume, &err), 0);
    run_writer_close(writer);
    assert_int_equal(run_log_read(&read, file, &err), 0);
    assert_null(read.warning);
    assert_int_equal(read.step_count, log.step_count);
    assert_int_equal(read.resume_count, log.resume_count + 1);
    assert_null(read.resumes[log.resume_count].backend);
    assert_false(read.end.present);
    run_log_release(&read);
    unlink(file);
    assert_int_equal(run_writer_reopen(&writer, &again, &err), -1);
    assert_non_null(strstr(err.message, file));
    text_release(&before);
    run_log_release(&log);
    free(file);
    run_example_remove(folder, files);
}

static void limit_files_to(rlim_t bytes)
{
    struct rlimit limit;
    getrlimit(RLIMIT_FSIZE, &limit);
    limit.rlim_cur = bytes == 0 ? limit.rlim_max : bytes;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

/* A limit on file sizes takes the place of a full disk: one write is cut short, and the next one fails. */
TEST(a_full_disk_leaves_whole_lines)
{
    char *folder = run_example_folder(), *file = file_join(folder, files[0]);
    struct run_writer *writer = NULL;
    struct run_log log, read;
    struct error err = {0};

    signal(SIGXFSZ, SIG_IGN);
    run_example_make(&log);
    assert_int_equal(run_writer_open(&writer, file, &err), 0);
    assert_int_equal(run_writer_run(writer, &log.run, &err), 0);
    assert_int_equal(run_writer_backend(writer, &log.backends[0], &err), 0);
    struct text before = read_text(file);
    for (rlim_t more = 1; more < 400; more += 57) {
        struct error why = {0};
        limit_files_to(before.length + more);
        assert_int_equal(run_writer_step(writer, &log.steps[0], &why), -1);
        limit_files_to(0);
        assert_int_equal(why.kind, ERROR_FAILED);
        assert_non_null(strstr(why.message, file));
        struct text after = read_text(file);
        assert_string_equal(after.data, before.data);
        text_release(&after);
    }
    /* Room again: the log goes on as if nothing had been. */
    assert_int_equal(run_writer_step(writer, &log.steps[0], &err), 0);
    run_writer_close(writer);
    assert_int_equal(run_log_read(&read, file, &err), 0);
    assert_null(read.warning);
    assert_int_equal(read.step_count, 1);
    run_log_release(&read);
    text_release(&before);
    run_log_release(&log);
    free(file);
    run_example_remove(folder, files);
}
