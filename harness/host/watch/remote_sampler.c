#include "host/watch/remote_sampler.h"

#include "base/clock.h"
#include "base/core_set.h"
#include "base/mem.h"
#include "base/text.h"
#include "host/process/child.h"
#include "record/reading/sample_json.h"

#include <jansson.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OPEN_PATIENCE_NS  (20 * CLOCK_SECOND_NS)
#define CLOCK_PATIENCE_NS (2 * CLOCK_SECOND_NS)

/* How often the other clock is asked for at first, of which the quickest answer counts; and then again. */
#define CLOCK_QUESTIONS 8
#define CLOCK_AGAIN_NS  (10 * CLOCK_SECOND_NS)

/* A line that is longer is no line of `twofold sample`. */
#define LINE_MOST  65536
#define WORDS_MOST 512

struct remote_sampler {
    struct child child;
    struct text lines; /* what has come and is not a whole line yet */
    struct text last_words;
    char *words;
    unsigned cores;
    struct clock_offset clock;
    uint64_t asked_ns; /* for the clock; 0: it has answered */
    uint64_t next_question_ns;
    struct sample sample;
    bool fresh;
    bool gone; /* the service; */
    bool lost; /* the other machine */
};

static void ask_for_clock(struct remote_sampler *remote)
{
    remote->asked_ns = clock_now_ns();
    remote->next_question_ns = remote->asked_ns + CLOCK_AGAIN_NS;
    if (write(remote->child.input, "\n", 1) != 1) {
        remote->lost = true;
    }
}

/* ---- its lines ---- */

static void take_sample(struct remote_sampler *remote, const json_t *line)
{
    struct sample sample;

    if (remote->clock.known && sample_json_read(line, &sample, NULL) == 0) {
        sample.at_ns = clock_offset_here(&remote->clock, sample.at_ns);
        if (remote->fresh) { /* nobody has asked since the one before */
            sample.busiest_thread_cpu_ns += remote->sample.busiest_thread_cpu_ns;
        }
        remote->sample = sample;
        remote->fresh = true;
    }
}

static void take_clock(struct remote_sampler *remote, const json_t *line)
{
    json_int_t at_ns = json_integer_value(json_object_get(line, "at_ns"));

    if (remote->asked_ns != 0 && at_ns > 0) {
        clock_offset_take(&remote->clock, remote->asked_ns, (uint64_t)at_ns, clock_now_ns());
        remote->asked_ns = 0;
    }
}

static void take_watch(struct remote_sampler *remote, const json_t *line)
{
    const char *words = json_string_value(json_object_get(line, "watched"));
    const char *list = json_string_value(json_object_get(line, "cores"));
    struct core_set cores;

    free(remote->words);
    remote->words = mem_string(words != NULL ? words : "a process");
    remote->cores = list != NULL && core_set_read(&cores, list, NULL) == 0 ? core_set_count(&cores) : 0;
}

/* What is no record is said by somebody on the way: the client, a shell, twofold itself. */
static void take_words(struct remote_sampler *remote, const char *line)
{
    if (line[0] != '\0' && line[0] != '{') {
        text_clear(&remote->last_words);
        text_format(&remote->last_words, "%.*s", WORDS_MOST, line);
    }
}

static void take_line(struct remote_sampler *remote, const char *text)
{
    json_t *line = text[0] == '{' ? json_loads(text, 0, NULL) : NULL;
    const char *record = json_string_value(json_object_get(line, "record"));

    if (record == NULL) {
        take_words(remote, text);
    } else if (strcmp(record, "sample") == 0) {
        take_sample(remote, line);
    } else if (strcmp(record, "clock") == 0) {
        take_clock(remote, line);
    } else if (strcmp(record, "watch") == 0) {
        take_watch(remote, line);
    } else if (strcmp(record, "gone") == 0) {
        remote->gone = true;
    }
    json_decref(line);
}

static void take_lines(struct remote_sampler *remote)
{
    char *line = remote->lines.data, *end;

    while (line != NULL && (end = strchr(line, '\n')) != NULL) {
        *end = '\0';
        line[strcspn(line, "\r")] = '\0';
        take_line(remote, line);
        line = end + 1;
    }
    size_t left = line != NULL ? strlen(line) : 0;
    char *rest = left > 0 && left < LINE_MOST ? mem_copy(line, left) : NULL;
    text_clear(&remote->lines);
    if (rest != NULL) {
        text_append(&remote->lines, rest, left);
    }
    free(rest);
}

/* All that has come. */
static void receive(struct remote_sampler *remote)
{
    char block[8192];
    struct ending ending;
    ssize_t got;
    bool ended = child_ended(&remote->child, &ending); /* before the rest is read: nothing comes after it */

    while ((got = read(remote->child.output, block, sizeof block)) > 0) {
        text_append(&remote->lines, block, (size_t)got);
    }
    take_lines(remote);
    remote->lost = remote->lost || ended || got == 0;
}

static void wait_and_receive(struct remote_sampler *remote)
{
    struct pollfd come = {.fd = remote->child.output, .events = POLLIN};

    poll(&come, 1, 20);
    receive(remote);
}

/* ---- its life ---- */

static int refuse(const struct remote_sampler *remote, struct error *err)
{
    struct ending ending;
    struct text how = {0};

    if (child_ended(&remote->child, &ending)) {
        ending_describe(&ending, &how);
    } else {
        text_add(&how, "tells nothing");
    }
    if (remote->last_words.length > 0) {
        text_format(&how, ": %s", remote->last_words.data);
    }
    error_failed(err, "`ssh HOST twofold sample` %s", how.data);
    text_release(&how);
    return -1;
}

/* An ended child's last words may come a little later than its end. */
static int wait_for_words(struct remote_sampler *remote, struct error *err)
{
    uint64_t until_ns = clock_now_ns() + OPEN_PATIENCE_NS;

    while (remote->words == NULL && !remote->lost && clock_now_ns() < until_ns) {
        wait_and_receive(remote);
    }
    return remote->words != NULL ? 0 : refuse(remote, err);
}

static int measure_clock(struct remote_sampler *remote, struct error *err)
{
    for (unsigned i = 0; i < CLOCK_QUESTIONS; i++) {
        ask_for_clock(remote);
        uint64_t until_ns = remote->asked_ns + CLOCK_PATIENCE_NS;
        while (remote->asked_ns != 0 && !remote->lost && clock_now_ns() < until_ns) {
            wait_and_receive(remote);
        }
        remote->asked_ns = 0;
    }
    return remote->clock.known ? 0 : refuse(remote, err);
}

static int start(struct remote_sampler *remote, const char *host, uint16_t port, struct error *err)
{
    char *number = mem_format("%u", port);
    char *const argv[] = {"ssh",        "-T",      "-o",     "BatchMode=yes", "-o",   "ConnectTimeout=10", "--",
                          (char *)host, "twofold", "sample", "--port",        number, "--clock",           NULL};
    char *const named[] = {"SSH_AUTH_SOCK", NULL};
    struct child_options options = {.argv = argv, .environment = {.named = named}, .with_input = true};
    int result = child_start(&remote->child, &options, err);

    free(number);
    return result;
}

int remote_sampler_open(struct remote_sampler **ret_remote, const char *host, uint16_t port, struct error *err)
{
    struct remote_sampler *remote = mem_new(1, sizeof *remote);

    if (start(remote, host, port, err) != 0) {
        free(remote);
        return -1;
    }
    if (wait_for_words(remote, err) != 0 || measure_clock(remote, err) != 0) {
        remote_sampler_free(remote);
        return -1;
    }
    *ret_remote = remote;
    return 0;
}

bool remote_sampler_read(struct remote_sampler *remote, struct sample *ret_sample)
{
    receive(remote);
    if (!remote->lost && clock_now_ns() >= remote->next_question_ns) {
        ask_for_clock(remote);
    }
    bool fresh = remote->fresh;
    if (fresh) {
        *ret_sample = remote->sample;
        remote->fresh = false;
    }
    return fresh;
}

bool remote_sampler_alive(const struct remote_sampler *remote)
{
    return !remote->gone;
}

const char *remote_sampler_words(const struct remote_sampler *remote)
{
    return remote->words;
}

unsigned remote_sampler_cores(const struct remote_sampler *remote)
{
    return remote->cores;
}

const struct clock_offset *remote_sampler_clock(const struct remote_sampler *remote)
{
    return &remote->clock;
}

void remote_sampler_free(struct remote_sampler *remote)
{
    if (remote != NULL) {
        child_release(&remote->child);
        text_release(&remote->lines);
        text_release(&remote->last_words);
        free(remote->words);
        free(remote);
    }
}
