#include "load/transport/response_parser.h"

/* The position is filled in where the bytes are known. */
static int reject(struct response_parser *parser, const char *why)
{
    parser->fault.why = why;
    return -1;
}

/* llhttp takes one Content-Length and no more. Each is taken out of its sight, so that the next can be compared. */
static int on_header_value_complete(llhttp_t *http)
{
    struct response_parser *parser = http->data;

    if ((http->flags & F_CONTENT_LENGTH) == 0) {
        return 0;
    }
    if (parser->has_length && parser->length != http->content_length) {
        return reject(parser, "two lengths that are not the same");
    }
    parser->has_length = true;
    parser->length = http->content_length;
    http->content_length = 0;
    http->flags &= (uint16_t)~F_CONTENT_LENGTH;
    return 0;
}

/* Gives back what was taken out of llhttp's sight. */
static int restore_length(struct response_parser *parser, llhttp_t *http)
{
    if (!parser->has_length) {
        return 0;
    }
    parser->has_length = false;
    http->content_length = parser->length;
    http->flags |= F_CONTENT_LENGTH;
    if ((http->flags & F_TRANSFER_ENCODING) != 0) {
        return reject(parser, "a length and a transfer coding exclude each other");
    }
    return 0;
}

/* A 1xx that says so closes the connection behind the response itself (RFC 9112, section 9.6). */
static bool stays(const struct response_parser *parser, const llhttp_t *http)
{
    return !parser->close_said && llhttp_should_keep_alive(http) != 0;
}

static int on_headers_complete(llhttp_t *http)
{
    struct response_parser *parser = http->data;
    int status = http->status_code;
    bool interim = status >= 100 && status < 200;
    bool bare = interim || parser->to_head || status == 204 || status == 304;

    if (restore_length(parser, http) != 0) {
        return -1;
    }
    if (status == 101) {
        return reject(parser, "status 101 goes over to another protocol, which nobody asked for");
    }
    parser->headers_done = !interim;
    parser->status = status;
    if (interim) {
        text_clear(&parser->head);
    }
    parser->close_said = parser->close_said || (http->flags & F_CONNECTION_CLOSE) != 0;
    if (!bare && (http->flags & F_CHUNKED) != 0) {
        parser->in_chunks = true;
        parser->keep_alive = stays(parser, http);
        return HPE_PAUSED;
    }
    /* 1 tells llhttp that no body follows, whatever the headers say (RFC 9112, section 6.3): a 304 may well give the
     * length of the body that it does not have. */
    return bare;
}

/* What was fed last is about to go, or more comes: a body that lies in it is copied. */
static void keep_span(struct response_parser *parser)
{
    if (parser->span != NULL) {
        text_append(&parser->body, parser->span, parser->span_length);
        parser->span = NULL;
    }
}

static size_t least(uint64_t a, uint64_t b)
{
    return (size_t)(a < b ? a : b);
}

/* Where a body begins: it is not copied as long as it lies in one piece. */
static void begin_span(struct response_parser *parser, const char *data, uint64_t length)
{
    parser->span = data;
    parser->span_length = parser->keep_body ? (size_t)length : least(length, RESPONSE_START_MOST);
}

static void add_body(struct response_parser *parser, const char *data, size_t length)
{
    if (parser->on_piece != NULL) {
        parser->on_piece(parser->piece_context, data, length);
    } else if (parser->body_bytes == 0) {
        begin_span(parser, data, length);
    } else if (parser->keep_body && parser->body_bytes + length <= RESPONSE_BODY_MOST) {
        keep_span(parser);
        text_append(&parser->body, data, length);
    } else if (!parser->keep_body && parser->body_bytes < RESPONSE_START_MOST) {
        keep_span(parser);
        text_append(&parser->body, data, least(length, RESPONSE_START_MOST - parser->body_bytes));
    }
    parser->body_bytes += length;
}

static int on_body(llhttp_t *http, const char *data, size_t length)
{
    add_body(http->data, data, length);
    return 0;
}

static int on_message_complete(llhttp_t *http)
{
    struct response_parser *parser = http->data;
    if (!parser->headers_done) {
        return 0; /* a 1xx: the response itself is still to come */
    }
    parser->done = true;
    parser->status = http->status_code;
    parser->keep_alive = stays(parser, http);
    return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
    .on_header_value_complete = on_header_value_complete,
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_message_complete = on_message_complete,
};

/* ---- where header lines are kept -------------------------------------------------------------------------------- */

static int keep_piece(llhttp_t *http, const char *data, size_t length)
{
    struct response_parser *parser = http->data;
    text_append(&parser->head, data, length);
    return 0;
}

static int end_name(llhttp_t *http)
{
    return keep_piece(http, ":", 1);
}

static int end_value(llhttp_t *http)
{
    keep_piece(http, "\n", 1);
    return on_header_value_complete(http);
}

static const llhttp_settings_t settings_keeping = {
    .on_header_field = keep_piece,
    .on_header_field_complete = end_name,
    .on_header_value = keep_piece,
    .on_header_value_complete = end_value,
    .on_headers_complete = on_headers_complete,
    .on_body = on_body,
    .on_message_complete = on_message_complete,
};

/* ---- responses -------------------------------------------------------------------------------------------------- */

void response_parser_init(struct response_parser *parser, struct known_head *known)
{
    *parser = (struct response_parser){.known = known};
}

void response_parser_release(struct response_parser *parser)
{
    text_release(&parser->body);
    text_release(&parser->head);
}

void response_parser_begin(struct response_parser *parser, bool to_head, bool keep_body)
{
    parser->fresh = true;
    parser->to_head = to_head;
    parser->keep_body = keep_body;
    parser->keep_head = false;
    parser->headers_done = parser->done = false;
    parser->in_chunks = parser->has_length = parser->close_said = false;
    parser->header_bytes = 0;
    parser->fed = 0;
    parser->body_bytes = 0;
    parser->fault.why = NULL;
    parser->span = NULL;
    parser->span_length = 0;
    parser->on_piece = NULL;
    text_clear(&parser->body);
}

void response_parser_stream(struct response_parser *parser,
                            void (*on_piece)(void *context, const char *data, size_t length), void *context)
{
    parser->on_piece = on_piece;
    parser->piece_context = context;
}

void response_parser_keep_head(struct response_parser *parser)
{
    parser->keep_head = true;
    text_clear(&parser->head);
}

/* A body in the chunked coding, or what is there of it. */
static enum response_state feed_chunks(struct response_parser *parser, const char *data, size_t length,
                                       size_t *ret_used)
{
    const char *at = data, *piece;
    enum chunked_state state;

    while ((state = chunked_read(&parser->chunked, &at, data + length, &piece)) == CHUNKED_PIECE) {
        add_body(parser, piece, (size_t)(at - piece));
    }
    *ret_used = (size_t)(at - data);
    switch (state) {
    case CHUNKED_DONE:
        parser->done = true;
        return RESPONSE_DONE;
    case CHUNKED_BROKEN:
        parser->fault = (struct response_fault){parser->chunked.why, parser->fed + *ret_used, (unsigned char)*at};
        return RESPONSE_BROKEN;
    default:
        keep_span(parser);
        return RESPONSE_MORE;
    }
}

static enum response_state broken(struct response_parser *parser, const char *data, size_t length)
{
    const char *at = llhttp_get_error_pos(&parser->http);
    bool inside = at != NULL && at >= data && at < data + length;

    if (parser->fault.why == NULL) {
        const char *why = llhttp_get_error_reason(&parser->http);
        parser->fault.why = why != NULL ? why : "it is no HTTP";
    }
    parser->fault.at = parser->fed + (inside ? (size_t)(at - data) : length);
    parser->fault.byte = inside ? (unsigned char)*at : -1;
    return RESPONSE_BROKEN;
}

/* What llhttp makes of it. *ret_used is as in response_parser_feed. */
static enum response_state execute(struct response_parser *parser, const char *data, size_t length, size_t *ret_used)
{
    llhttp_errno_t result = llhttp_execute(&parser->http, data, length);

    *ret_used = length;
    if (parser->done || parser->in_chunks) {
        *ret_used = (size_t)(llhttp_get_error_pos(&parser->http) - data);
        return parser->done ? RESPONSE_DONE : RESPONSE_MORE;
    }
    return result == HPE_OK ? RESPONSE_MORE : broken(parser, data, length);
}

/* Headers must end within their limit, however the bytes are cut: what is beyond it goes to the parser only once they
 * have. */
static enum response_state feed_head(struct response_parser *parser, const char *data, size_t length, size_t *ret_used)
{
    size_t room = RESPONSE_HEADER_MOST - parser->header_bytes;

    if (parser->headers_done || length <= room) {
        parser->header_bytes += parser->headers_done ? 0 : length;
        return execute(parser, data, length, ret_used);
    }
    enum response_state state = execute(parser, data, room, ret_used);
    if (state != RESPONSE_MORE || *ret_used < room) {
        return state;
    }
    if (!parser->headers_done) {
        parser->fault = (struct response_fault){"headers of more than 64 KiB", parser->fed + room, -1};
        *ret_used = length;
        return RESPONSE_BROKEN;
    }
    if (parser->in_chunks) {
        return RESPONSE_MORE;
    }
    state = execute(parser, data + room, length - room, ret_used);
    *ret_used += room;
    return state;
}

static enum response_state feed(struct response_parser *parser, const char *data, size_t length, size_t *ret_used)
{
    size_t head = 0;

    if (!parser->in_chunks) {
        enum response_state state = feed_head(parser, data, length, &head);
        *ret_used = head;
        if (state != RESPONSE_MORE || !parser->in_chunks) {
            return state;
        }
        parser->chunked = (struct chunked){0};
    }
    parser->fed += head;
    enum response_state state = feed_chunks(parser, data + head, length - head, ret_used);
    parser->fed -= head;
    *ret_used += head;
    return state;
}

static void prepare(struct response_parser *parser)
{
    if (parser->fresh) {
        llhttp_init(&parser->http, HTTP_RESPONSE, parser->keep_head ? &settings_keeping : &settings);
        /* A 1xx with "Connection: close" has the response itself behind it all the same. */
        llhttp_set_lenient_keep_alive(&parser->http, 1);
        parser->http.data = parser;
        parser->fresh = false;
    }
}

static bool may_be_known(const struct response_parser *parser)
{
    return parser->known != NULL && parser->fresh && !parser->to_head && !parser->keep_head;
}

/* Without the parser: what it would say follows from the block. */
static void take_known(struct response_parser *parser, const char *data)
{
    const struct known_head *known = parser->known;

    parser->done = parser->headers_done = parser->keep_alive = true;
    parser->status = known->status;
    parser->body_bytes = known->body_bytes;
    if (known->body_bytes > 0) {
        begin_span(parser, data + known->length, known->body_bytes);
    }
}

enum response_state response_parser_feed(struct response_parser *parser, const char *data, size_t length,
                                         size_t *ret_used)
{
    bool whole = may_be_known(parser);

    *ret_used = length;
    if (whole && known_head_matches(parser->known, data, length)) {
        take_known(parser, data);
        return RESPONSE_DONE;
    }
    prepare(parser);
    enum response_state state = feed(parser, data, length, ret_used);
    switch (state) {
    case RESPONSE_DONE:
        if (whole && *ret_used == length && parser->keep_alive && !parser->in_chunks) {
            known_head_learn(parser->known, data, length, parser->body_bytes, parser->status);
        }
        break;
    case RESPONSE_MORE:
        parser->fed += length;
        keep_span(parser);
        break;
    case RESPONSE_BROKEN:
        *ret_used = length;
        break;
    }
    return state;
}

enum response_state response_parser_end(struct response_parser *parser)
{
    prepare(parser);
    if (!parser->in_chunks) {
        llhttp_finish(&parser->http);
    }
    return parser->done ? RESPONSE_DONE : RESPONSE_MORE;
}

const char *response_parser_body(const struct response_parser *parser, size_t *ret_length)
{
    if (parser->span != NULL) {
        *ret_length = parser->span_length;
        return parser->span;
    }
    *ret_length = parser->body.length;
    return parser->body.data;
}
