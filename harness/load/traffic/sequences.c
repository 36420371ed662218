#include "load/traffic/sequences.h"

#include "base/list.h"
#include "base/mem.h"

#include <stdlib.h>

void sequences_init(struct sequences *sequences, const struct traffic *traffic)
{
    size_t count = traffic->value_count + traffic->table_count;

    *sequences = (struct sequences){.traffic = traffic,
                                    .count = count,
                                    .next = mem_new(count, sizeof *sequences->next),
                                    .used = mem_new(traffic->request_count, sizeof *sequences->used),
                                    .per_user = mem_new(count, sizeof *sequences->per_user)};
    for (size_t i = 0; i < count; i++) {
        sequences->per_user[i] = 1;
    }
}

void sequences_release(struct sequences *sequences)
{
    for (size_t i = 0; i < sequences->traffic->request_count; i++) {
        free(sequences->used[i].items);
    }
    free(sequences->next);
    free(sequences->used);
    free(sequences->per_user);
    *sequences = (struct sequences){0};
}

static size_t place_of_rows(const struct sequences *sequences, size_t table)
{
    return sequences->traffic->value_count + table;
}

/* SIZE_MAX: the value is in no sequence. */
static size_t place_of(const struct sequences *sequences, size_t index)
{
    const struct value *value = &sequences->traffic->values[index];

    if (value->type == VALUE_SEQUENCE) {
        return index;
    }
    if (value->type == VALUE_CSV && sequences->traffic->tables[value->table].order == CSV_SEQUENCE) {
        return place_of_rows(sequences, value->table);
    }
    return SIZE_MAX;
}

static void add(struct sequences_used *used, size_t place)
{
    for (size_t i = 0; i < used->count; i++) {
        if (used->items[i] == place) {
            return;
        }
    }
    *list_add(used->items, used->count) = place;
}

/* As much as a whole session of that kind may take of each. */
static void make_room(struct sequences *sequences, const struct user_session *session)
{
    sequences_of_user(sequences, 0, session, session->step_count);
    for (size_t i = 0; i < sequences->count; i++) {
        if (sequences->next[i] > sequences->per_user[i]) {
            sequences->per_user[i] = sequences->next[i];
        }
        sequences->next[i] = 0;
    }
}

void sequences_use(struct sequences *sequences, size_t request, const size_t *values, size_t count)
{
    const struct traffic *traffic = sequences->traffic;

    for (size_t i = 0; i < count; i++) {
        size_t place = place_of(sequences, values[i]);
        sequences->any = sequences->any || place != SIZE_MAX;
        if (place != SIZE_MAX && traffic->values[values[i]].scope == VALUE_OF_REQUEST) {
            add(&sequences->used[request], place);
        }
    }
    for (size_t i = 0; i < traffic->session_count; i++) {
        make_room(sequences, &traffic->sessions[i]);
    }
}

uint64_t sequences_of_value(const struct sequences *sequences, size_t value)
{
    return sequences->next[value];
}

uint64_t sequences_of_rows(const struct sequences *sequences, size_t table)
{
    return sequences->next[place_of_rows(sequences, table)];
}

void sequences_go_on(struct sequences *sequences, size_t request)
{
    const struct sequences_used *used = &sequences->used[request];

    for (size_t i = 0; i < used->count; i++) {
        sequences->next[used->items[i]]++;
    }
}

void sequences_of_user(struct sequences *sequences, uint64_t number, const struct user_session *session, size_t step)
{
    for (size_t i = 0; i < sequences->count; i++) {
        sequences->next[i] = session != NULL ? number * sequences->per_user[i] : number;
    }
    for (size_t i = 0; session != NULL && i < step; i++) {
        sequences_go_on(sequences, session->steps[i].request);
    }
}
