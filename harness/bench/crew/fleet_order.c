#include "bench/crew/fleet_order.h"

#include "base/mem.h"
#include "base/text.h"
#include "record/lines/load_reader.h"
#include "record/run_log.h"

#include <stdlib.h>
#include <string.h>

/* Two lines: the generator's, and a step record with its load and nothing else. */
char *fleet_order_write_result(const struct generator_load *generator, const struct load_record *load,
                               size_t *ret_length)
{
    struct step_record step = {.backend = "", .load = *load};
    json_t *json = generator_load_json(generator);
    char *line = json_dumps(json, JSON_COMPACT);
    struct run_writer *writer;
    struct text out = {0};

    text_format(&out, "%s\n", line);
    run_writer_open_text(&writer, &out);
    run_writer_step(writer, &step, NULL);
    run_writer_close(writer);
    free(line);
    json_decref(json);
    *ret_length = out.length;
    return text_take(&out);
}

static int read_generator(const char *text, size_t length, struct generator_load *ret_generator, struct error *err)
{
    json_t *json = json_loadb(text, length, 0, NULL);
    int result = generator_load_read(ret_generator, json, err);

    json_decref(json);
    return result;
}

static int read_load(const char *text, size_t length, struct load_record *ret_load, struct error *err)
{
    json_t *json = json_loadb(text, length, 0, NULL);
    int result = load_read(ret_load, json, err);

    json_decref(json);
    return result;
}

int fleet_order_read_result(const char *text, size_t length, struct generator_load *ret_generator,
                            struct load_record *ret_load, struct error *err)
{
    const char *end = memchr(text, '\n', length);
    size_t first = end != NULL ? (size_t)(end - text) : length;

    *ret_generator = (struct generator_load){0};
    *ret_load = (struct load_record){0};
    if (first == length) {
        return error_failed(err, "half a result came");
    }
    if (read_generator(text, first, ret_generator, err) != 0) {
        return -1;
    }
    return read_load(end + 1, length - first - 1, ret_load, err);
}

void fleet_order_describe(struct generator_load *generator, const struct load_record *load)
{
    generator->offered = load->tally.offered;
    generator->sent = load->tally.sent;
    generator->completed = load->tally.completed;
    generator->unanswered = load->tally.failures[FAILURE_UNANSWERED];
    generator->connect_failures = load->tally.failures[FAILURE_CONNECT];
    generator->p99_samples = load->response.total;
    generator->p99_ns = load->response.total > 0 ? histogram_quantile(&load->response, 0.99) : 0;
    generator->send_lag_p99_ns = load->send_lag.total > 0 ? histogram_quantile(&load->send_lag, 0.99) : 0;
    generator->busiest_thread = load->busiest_thread;
    generator->starved_thread = load->starved_thread;
    generator->stood_still = load->stood_still;
    generator->mean_in_flight = load->mean_in_flight;
    generator->held_at_end = load->held_at_end;
    generator->cpu_ns = load->cpu_ns;
    generator->connections = load->connections;
    generator->connections_missing = load->connections_missing + load->slow.missing;
    generator->connections_denied = load->connections_denied + load->slow.denied;
}
