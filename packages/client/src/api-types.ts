// Written by services/standalone/test/client-types.test.ts from what the service describes; not by hand.
export interface paths {
    "/v1/programmes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List programmes */
        get: {
            parameters: {
                query?: {
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Programme"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Open a programme */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        programmeId: string;
                        name: string;
                        hosts: string[];
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        openedAt?: string;
                        /**
                         * @description The first terms, in force from `openedAt`; what is left out is as in the example. Null: none yet, so nobody earns until they are published.
                         * @default {
                         *       "currency": "EUR",
                         *       "reward": {
                         *         "kind": "percentage",
                         *         "rateBps": 1000,
                         *         "scope": {
                         *           "orders": "first_order"
                         *         }
                         *       },
                         *       "windowDays": 90,
                         *       "precedence": "coupon",
                         *       "commissionBase": "net_lines",
                         *       "holdDays": 14,
                         *       "holdFrom": "placed",
                         *       "payoutThresholdCents": 5000,
                         *       "payoutSchedule": {
                         *         "kind": "on_demand"
                         *       },
                         *       "minimumCustomers": 0,
                         *       "consent": {
                         *         "default": "exempt",
                         *         "countries": {}
                         *       }
                         *     }
                         */
                        terms?: {
                            /**
                             * @description What the programme pays in; only orders in it earn.
                             * @default EUR
                             */
                            currency?: string;
                            /**
                             * @description What an order earns: a percentage of its base in hundredths of a percent (`rateBps`), or a fixed amount; and which of a customer’s orders earn it.
                             * @default {
                             *       "kind": "percentage",
                             *       "rateBps": 1000,
                             *       "scope": {
                             *         "orders": "first_order"
                             *       }
                             *     }
                             */
                            reward?: {
                                /** @enum {string} */
                                kind: "percentage";
                                rateBps: number;
                                scope: {
                                    /** @enum {string} */
                                    orders: "first_order";
                                } | {
                                    /** @enum {string} */
                                    orders: "every_order";
                                } | {
                                    /** @enum {string} */
                                    orders: "first_n_orders";
                                    count: number;
                                };
                            } | {
                                /** @enum {string} */
                                kind: "fixed";
                                amountCents: number;
                                scope: {
                                    /** @enum {string} */
                                    orders: "first_order";
                                } | {
                                    /** @enum {string} */
                                    orders: "every_order";
                                } | {
                                    /** @enum {string} */
                                    orders: "first_n_orders";
                                    count: number;
                                };
                            };
                            /**
                             * @description For how many days before the order a touch counts.
                             * @default 90
                             */
                            windowDays?: number;
                            /**
                             * @description Which wins when both a coupon and a link count.
                             * @default coupon
                             * @enum {string}
                             */
                            precedence?: "coupon" | "link";
                            /**
                             * @description Line amounts after discounts, without VAT and shipping, minus refunds of the same.
                             * @default net_lines
                             * @enum {string}
                             */
                            commissionBase?: "net_lines";
                            /**
                             * @description After how many days a commission is payable.
                             * @default 14
                             */
                            holdDays?: number;
                            /**
                             * @description Whether they begin when the order is placed or completed.
                             * @default placed
                             * @enum {string}
                             */
                            holdFrom?: "placed" | "completed";
                            /**
                             * @description A lower balance isn’t paid: it stays and adds up.
                             * @default 5000
                             */
                            payoutThresholdCents?: number;
                            /**
                             * @description `required`: a touch counts only with consent given. `exempt`: it counts unless consent was denied. `off`: consent isn’t looked at. `countries`: where it differs, by ISO 3166-1 alpha-2 code.
                             * @default {
                             *       "default": "exempt",
                             *       "countries": {}
                             *     }
                             */
                            consent?: {
                                /** @enum {string} */
                                default: "required" | "exempt" | "off";
                                countries: {
                                    [key: string]: "required" | "exempt" | "off";
                                };
                            };
                            /**
                             * @description Paid by every payout run, or once a month from a day on; 31 is the last day of shorter months.
                             * @default {
                             *       "kind": "on_demand"
                             *     }
                             */
                            payoutSchedule?: {
                                /** @enum {string} */
                                kind: "on_demand";
                            } | {
                                /** @enum {string} */
                                kind: "monthly";
                                dayOfMonth: number;
                                timeZone: string;
                            };
                            /**
                             * @description Nothing is paid before the partner has brought as many customers.
                             * @default 0
                             */
                            minimumCustomers?: number;
                        } | null;
                    };
                };
            };
            responses: {
                /** @description The programme. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            programme: components["schemas"]["Programme"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programmes/{programmeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a programme and all its terms */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    programmeId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The programme. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Programme"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programmes/{programmeId}/terms": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Publish new terms from a date
         * @description Orders keep the terms that were in force when they were placed. The currency of a programme stays: open another one for another currency.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    programmeId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        terms: {
                            /** @description What the programme pays in; only orders in it earn. */
                            currency: string;
                            /** @description What an order earns: a percentage of its base in hundredths of a percent (`rateBps`), or a fixed amount; and which of a customer’s orders earn it. */
                            reward: {
                                /** @enum {string} */
                                kind: "percentage";
                                rateBps: number;
                                scope: {
                                    /** @enum {string} */
                                    orders: "first_order";
                                } | {
                                    /** @enum {string} */
                                    orders: "every_order";
                                } | {
                                    /** @enum {string} */
                                    orders: "first_n_orders";
                                    count: number;
                                };
                            } | {
                                /** @enum {string} */
                                kind: "fixed";
                                amountCents: number;
                                scope: {
                                    /** @enum {string} */
                                    orders: "first_order";
                                } | {
                                    /** @enum {string} */
                                    orders: "every_order";
                                } | {
                                    /** @enum {string} */
                                    orders: "first_n_orders";
                                    count: number;
                                };
                            };
                            /** @description For how many days before the order a touch counts. */
                            windowDays: number;
                            /**
                             * @description Which wins when both a coupon and a link count.
                             * @enum {string}
                             */
                            precedence: "coupon" | "link";
                            /**
                             * @description Line amounts after discounts, without VAT and shipping, minus refunds of the same.
                             * @enum {string}
                             */
                            commissionBase: "net_lines";
                            /** @description After how many days a commission is payable. */
                            holdDays: number;
                            /**
                             * @description Whether they begin when the order is placed or completed.
                             * @enum {string}
                             */
                            holdFrom: "placed" | "completed";
                            /** @description A lower balance isn’t paid: it stays and adds up. */
                            payoutThresholdCents: number;
                            /**
                             * @description Paid by every payout run, or once a month from a day on; 31 is the last day of shorter months.
                             * @default {
                             *       "kind": "on_demand"
                             *     }
                             */
                            payoutSchedule?: {
                                /** @enum {string} */
                                kind: "on_demand";
                            } | {
                                /** @enum {string} */
                                kind: "monthly";
                                dayOfMonth: number;
                                timeZone: string;
                            };
                            /**
                             * @description Nothing is paid before the partner has brought as many customers.
                             * @default 0
                             */
                            minimumCustomers?: number;
                            /** @description `required`: a touch counts only with consent given. `exempt`: it counts unless consent was denied. `off`: consent isn’t looked at. `countries`: where it differs, by ISO 3166-1 alpha-2 code. */
                            consent: {
                                /** @enum {string} */
                                default: "required" | "exempt" | "off";
                                countries: {
                                    [key: string]: "required" | "exempt" | "off";
                                };
                            };
                        };
                        /**
                         * Format: date-time
                         * @description Orders placed from here on fall under them. Default now. In the past only for the first terms of a programme.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        effectiveFrom?: string;
                    };
                };
            };
            responses: {
                /** @description The programme, with the new terms in front. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            programme: components["schemas"]["Programme"];
                            termsVersion: number;
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/programmes/{programmeId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Close a programme
         * @description Orders placed from then on earn nothing in it. What was earned before stays.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    programmeId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history or tell of it late. Orders placed since then are decided anew, but for what a payout has fixed.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        closedAt?: string;
                    };
                };
            };
            responses: {
                /** @description The programme. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            programme: components["schemas"]["Programme"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/merchant": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read who pays */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The merchant. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Merchant"];
                    };
                };
            };
        };
        /**
         * Say who pays
         * @description Stands on invoices and in payment files from now on; what was issued keeps what it says. The same again changes nothing.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "legalName": "Voorbeeld Bouwshop B.V.",
                     *       "street": "Dorpsstraat 1",
                     *       "postalCode": "3511 AB",
                     *       "city": "Utrecht",
                     *       "country": "NL",
                     *       "vatId": "NL853746333B01",
                     *       "registrationNumber": "12345678",
                     *       "email": "administratie@bouwshop.example",
                     *       "iban": "NL91 ABNA 0417 1643 00",
                     *       "bic": null
                     *     }
                     */
                    "application/json": {
                        legalName: string;
                        street: string;
                        postalCode: string;
                        city: string;
                        /**
                         * @default NL
                         * @enum {string}
                         */
                        country?: "NL";
                        vatId: string;
                        /** @default null */
                        registrationNumber?: string | null;
                        /**
                         * Format: email
                         * @default null
                         */
                        email?: string | null;
                        iban: string;
                        /** @default null */
                        bic?: string | null;
                    };
                };
            };
            responses: {
                /** @description The merchant. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            merchant: components["schemas"]["Merchant"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List partners */
        get: {
            parameters: {
                query?: {
                    status?: "applied" | "approved" | "suspended";
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Partner"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Record a partner’s application */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        partnerId: string;
                        profile: components["schemas"]["Profile"];
                        /**
                         * @description Further addresses the partner orders under; its own orders earn it nothing.
                         * @default []
                         */
                        ownEmails?: string[];
                        /**
                         * Format: date-time
                         * @description Default now.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        appliedAt?: string;
                    };
                };
            };
            responses: {
                /** @description The partner. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a partner */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Partner"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a partner */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history or tell of it late. Orders placed since then are decided anew, but for what a payout has fixed.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        approvedAt?: string;
                    };
                };
            };
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/suspend": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Suspend a partner */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history or tell of it late. Orders placed since then are decided anew, but for what a payout has fixed.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        suspendedAt?: string;
                    };
                };
            };
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/reinstate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reinstate a suspended partner */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history or tell of it late. Orders placed since then are decided anew, but for what a payout has fixed.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        reinstatedAt?: string;
                    };
                };
            };
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/profile": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase a partner’s personal data
         * @description Can not be undone. Name, addresses and payout details go; commissions and decisions stay as they are, and so do the invoices and statements that were issued, for as long as the law keeps them. Nothing is paid before there are payout details again.
         */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The partner, without its profile. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /** Change a partner’s details */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name?: string;
                        /** Format: email */
                        email?: string;
                        /** Format: uri */
                        website?: string;
                        /** @description Further addresses the partner orders under; added to those known. */
                        ownEmails?: string[];
                    };
                };
            };
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/partners/{partnerId}/review": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Hold a partner’s payouts back to look into something
         * @description Orders go on counting. The partner reads that a review is open, never why. One that is open stays as it is.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/review/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Close a review, so that the partner is paid again */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/payout-details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read where a partner’s money goes
         * @description Finance and admins see them in full, partners see their own with a masked IBAN.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The payout details. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PartnerPayoutDetails"];
                    };
                };
            };
        };
        /**
         * Say where a partner’s money goes
         * @description Kept sealed under a key of the partner. Every change blocks payouts for a while, against theft; the same again changes nothing. Finance and admins see them in full, partners see their own with a masked IBAN.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "accountHolder": "Woonblog V.O.F.",
                     *       "iban": "NL91 ABNA 0417 1643 00",
                     *       "bic": null,
                     *       "taxProfile": "nl_business",
                     *       "vatId": "NL853746333B01",
                     *       "registrationNumber": "12345678",
                     *       "street": "Keizersgracht 1",
                     *       "postalCode": "1015 CJ",
                     *       "city": "Amsterdam",
                     *       "country": "NL",
                     *       "language": "nl"
                     *     }
                     */
                    "application/json": {
                        accountHolder: string;
                        iban: string;
                        /** @default null */
                        bic?: string | null;
                        /** @enum {string} */
                        taxProfile: "nl_business" | "nl_small_business" | "private_person" | "eu_business" | "non_eu_business";
                        /** @default null */
                        vatId?: string | null;
                        /** @default null */
                        registrationNumber?: string | null;
                        street: string;
                        postalCode: string;
                        city: string;
                        country: string;
                        /**
                         * @default nl
                         * @enum {string}
                         */
                        language?: "nl" | "en";
                        /**
                         * Format: date-time
                         * @description Default now. Earlier only for the first details of a partner, when you move in with history.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        changedAt?: string;
                    };
                };
            };
            responses: {
                /** @description The payout details. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            payoutDetails: components["schemas"]["PartnerPayoutDetails"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/self-billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that a partner agreed that you issue its invoices
         * @description For a signed agreement that you hold; partners agree by themselves at `/v1/me/self-billing`. Businesses are not paid without (Directive 2006/112 Art. 224).
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @description Which text was signed, where it is one of your own. Default ours. */
                        agreement?: string;
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history or tell of it late. Invoices are issued from then on.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        agreedAt?: string;
                    };
                };
            };
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/self-billing/end": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Record that a self-billing agreement ended
         * @description A business is not paid from then on; documents that were issued stay.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            partner: components["schemas"]["Partner"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a partner’s account as a running statement
         * @description As of any moment, and as it was known at any: a statement can be made again.
         */
        get: {
            parameters: {
                query?: {
                    currency?: string;
                    /** @description What counts before is in the opening balance. Default everything. */
                    from?: string;
                    /** @description What was true at this moment. Default now. */
                    asOf?: string;
                    /** @description What had been heard by this moment. Default everything heard so far. */
                    knownAt?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the statement. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Statement"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/statement/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read why a partner’s account changed
         * @description What the partner saw at the end of March, what it sees now, and every line between, with what caused it.
         */
        get: {
            parameters: {
                query: {
                    currency?: string;
                    /** @description The moment that was looked at then, such as the end of a month. */
                    beforeAsOf: string;
                    /** @description When it was looked at. Default: at that moment itself, or now when it is still to come. */
                    beforeKnownAt?: string;
                    /** @description What was true at this moment. Default now. */
                    asOf?: string;
                    /** @description What had been heard by this moment. Default everything heard so far. */
                    knownAt?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the lines. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatementChanges"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/partners/{partnerId}/write-offs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Write off what is open of orders
         * @description A positive line lowers the partner’s balance, a negative one forgives what would be taken back. No line can be more than what is open of its order; a 409 tells what is.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key": string;
                };
                path: {
                    partnerId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        currency: string;
                        lines: {
                            orderId: string;
                            /** @description Positive: is not owed any more. Negative: is not taken back any more. */
                            amountCents: number;
                        }[];
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The write-off. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            writeOff: components["schemas"]["WriteOff"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List links */
        get: {
            parameters: {
                query?: {
                    partnerId?: string;
                    programmeId?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Link"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Create a tracking link */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Stands in the tracking URL. Without it a short one is made; that needs an Idempotency-Key. */
                        code?: string;
                        programmeId: string;
                        partnerId: string;
                        /** Format: uri */
                        destination: string;
                        /** @description A visit that carries exactly these values names this link. */
                        utm?: {
                            source?: string;
                            medium?: string;
                            campaign?: string;
                            term?: string;
                            content?: string;
                        };
                        label?: string;
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        createdAt?: string;
                    };
                };
            };
            responses: {
                /** @description The link. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            link: components["schemas"]["Link"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/links/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a link */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The link. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Link"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/links/{code}/retarget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Let a link lead elsewhere */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: uri */
                        destination: string;
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history or tell of it late. Whom an order is awarded to does not depend on it.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        retargetedAt?: string;
                    };
                };
            };
            responses: {
                /** @description The link. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            link: components["schemas"]["Link"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/links/{code}/disable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Disable a link */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        reason?: string;
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history or tell of it late. Clicks and visits since then do not count, and the orders they tell of are decided anew, but for what a payout has fixed.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        disabledAt?: string;
                    };
                };
            };
            responses: {
                /** @description The link. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            link: components["schemas"]["Link"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List coupons */
        get: {
            parameters: {
                query?: {
                    partnerId?: string;
                    programmeId?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Coupon"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /** Issue a coupon to a partner */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @example WOONBLOG10 */
                        code: string;
                        programmeId: string;
                        partnerId: string;
                        /**
                         * Format: date-time
                         * @description Default when it is issued.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        validFrom?: string;
                        /**
                         * Format: date-time
                         * @description Inclusive. Default: no end.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        validUntil?: string;
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        issuedAt?: string;
                    };
                };
            };
            responses: {
                /** @description The coupon. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            coupon: components["schemas"]["Coupon"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/coupons/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a coupon */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The coupon. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Coupon"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/coupons/{code}/withdraw": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Withdraw a coupon */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    code: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        reason?: string;
                        /**
                         * Format: date-time
                         * @description Default now; earlier when you move in with history or tell of it late. Orders placed since then are decided anew, but for what a payout has fixed.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        withdrawnAt?: string;
                    };
                };
            };
            responses: {
                /** @description The coupon. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            coupon: components["schemas"]["Coupon"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List orders */
        get: {
            parameters: {
                query?: {
                    /** @description Who it is awarded to. */
                    partnerId?: string;
                    placedFrom?: string;
                    /** @description Exclusive. */
                    placedBefore?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Order"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Report that an order was placed
         * @description Safe to repeat: the same order again gives the same answer, other content under the same `orderId` is refused with the differences.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        orderId: string;
                        /**
                         * Format: date-time
                         * @description When the customer placed it: decides the rest.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        placedAt: string;
                        /**
                         * @example {
                         *       "email": "anna@example.nl"
                         *     }
                         */
                        customer: {
                            /** Format: email */
                            email?: string;
                            /** @description The customer’s id in the shop; used where there is no e-mail address. */
                            id?: string;
                        };
                        currency: string;
                        /**
                         * @description Amounts in cents for the whole line: after discounts, without VAT and shipping.
                         * @example [
                         *       {
                         *         "lineId": "1",
                         *         "amountCents": 125000,
                         *         "description": "Berekening dakkapel"
                         *       }
                         *     ]
                         */
                        lines: {
                            lineId: string;
                            amountCents: number;
                            description?: string;
                            quantity?: number;
                        }[];
                        /**
                         * @example [
                         *       "WOONBLOG10"
                         *     ]
                         */
                        couponCodes?: string[];
                        visitorId?: string;
                        /** @description `click_id` of the landing page; one of another system is taken too. */
                        clickId?: string;
                        shopId?: string;
                        /** @description The order’s id in the shop. Default the `orderId`. */
                        externalId?: string;
                    };
                };
            };
            responses: {
                /** @description It was recorded already: the same answer. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
                /** @description It is recorded. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/amendments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report that an order’s lines were replaced
         * @description Refused once a payout has fixed the order.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        amendmentId: string;
                        /**
                         * @description Amounts in cents for the whole line: after discounts, without VAT and shipping.
                         * @example [
                         *       {
                         *         "lineId": "1",
                         *         "amountCents": 125000,
                         *         "description": "Berekening dakkapel"
                         *       }
                         *     ]
                         */
                        lines: {
                            lineId: string;
                            amountCents: number;
                            description?: string;
                            quantity?: number;
                        }[];
                        /**
                         * Format: date-time
                         * @description When it happened. Without it, when we heard of it first.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        occurredAt?: string;
                    };
                };
            };
            responses: {
                /** @description It was recorded already: the same answer. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
                /** @description It is recorded. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/refunds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report that something of an order was refunded */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        refundId: string;
                        /** @description Of line amounts only: without VAT and shipping. */
                        amountCents: number;
                        /**
                         * Format: date-time
                         * @description When it happened. Without it, when we heard of it first.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        occurredAt?: string;
                    };
                };
            };
            responses: {
                /** @description It was recorded already: the same answer. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
                /** @description It is recorded. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/cancellation": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report that an order was cancelled */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it happened. Without it, when we heard of it first.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        occurredAt?: string;
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description It was recorded already: the same answer. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
                /** @description It is recorded. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/completion": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Report that an order was completed */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /**
                         * Format: date-time
                         * @description When it happened. Without it, when we heard of it first.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        occurredAt?: string;
                    };
                };
            };
            responses: {
                /** @description It was recorded already: the same answer. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
                /** @description It is recorded. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OrderReport"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an order */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The order. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Order"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{orderId}/decision": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read why an order earned what it earned
         * @description Every candidate with the reason why it won or did not, the terms, the arithmetic, and the same in words. An order that earns nothing has a decision too.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The decision. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Decision"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/commissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List commissions */
        get: {
            parameters: {
                query?: {
                    partnerId?: string;
                    programmeId?: string;
                    status?: "rejected" | "reversed" | "paid" | "scheduled" | "written_off" | "payable" | "pending";
                    placedFrom?: string;
                    /** @description Exclusive. */
                    placedBefore?: string;
                    /** @description Statuses at this moment. Default now. */
                    at?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Commission"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/commissions/{orderId}/reject": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Reject the commission on an order */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Whose commission. If the award moves to another partner, the verdict stays behind. */
                        partnerId: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The verdict stands. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            orderId: string;
                            partnerId: string;
                            /** @enum {string} */
                            verdict: "rejected" | "reinstated";
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/commissions/{orderId}/reinstate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a rejection back */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    orderId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Whose commission. If the award moves to another partner, the verdict stays behind. */
                        partnerId: string;
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description The verdict stands. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            orderId: string;
                            partnerId: string;
                            /** @enum {string} */
                            verdict: "rejected" | "reinstated";
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/balances": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List balances, now or as of a moment */
        get: {
            parameters: {
                query?: {
                    partnerId?: string;
                    /** @description What was true at this moment. Default now. */
                    asOf?: string;
                    /** @description What had been heard by this moment. Default everything heard so far. */
                    knownAt?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Balance"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See what a payout run would pay now */
        get: {
            parameters: {
                query?: {
                    currency?: string;
                    /** @description Commissions count whose hold ended by then. Default now. */
                    cutOff?: string;
                    /** @description Only these partners; may be repeated. Default everyone. */
                    partnerId?: string | string[];
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The sums. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayoutPreview"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-preview/partners": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See partner by partner who is due, below the threshold or blocked, and why
         * @description A page may hold fewer rows than `limit` although more follow: go on with `next`.
         */
        get: {
            parameters: {
                query?: {
                    currency?: string;
                    /** @description Commissions count whose hold ended by then. Default now. */
                    cutOff?: string;
                    /** @description Only these partners; may be repeated. Default everyone. */
                    partnerId?: string | string[];
                    status?: "due" | "below_threshold" | "blocked";
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["PartnerPreview"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List payout runs, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["PayoutRun"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Approve what is due as a payout run
         * @description Fixes who is paid what. One run is made at a time. With `PROVISIE_PAYOUT_APPROVALS=2` another access key must approve it too; then the payouts are scheduled, which goes on by itself when it takes longer than this answer.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default EUR */
                        currency?: string;
                        /**
                         * Format: date-time
                         * @description Commissions count whose hold ended by then. Default now.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        cutOff?: string;
                        /** @description Only these. Default everyone who is due. */
                        partnerIds?: string[];
                        /** @description Of the preview: refused when what is due has changed since. */
                        fingerprint?: string;
                    };
                };
            };
            responses: {
                /** @description The run. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayoutRun"] & {
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs/{runId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a payout run */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The run. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayoutRun"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs/{runId}/approve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Approve a run as the second person */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The run. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayoutRun"] & {
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs/{runId}/schedule": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Wait until an approved run is scheduled
         * @description An approved run is scheduled by itself; this begins it anew where it stopped.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The run. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayoutRun"] & {
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs/{runId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make the payment file of a run and issue its invoices
         * @description Then read `/payment-file` and `/payouts.csv`. Again it changes nothing. Where it takes longer than this answer, `exports` is still empty: ask again.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key": string;
                };
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /**
                         * Format: date
                         * @description When the bank is to pay. Default the next day that isn’t in a weekend.
                         */
                        executionDate?: string;
                        /** @description Default false. The bank refused the last file as a whole: make another of what isn’t paid. The last one is not handed out any more. */
                        replaces?: boolean;
                    };
                };
            };
            responses: {
                /** @description The run. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayoutRun"] & {
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs/{runId}/payment-file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download the SEPA payment file of an exported run */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                    format?: "pain.001.001.09" | "pain.001.001.03";
                    /** @description Which file of the run. Default the last; older ones were replaced. */
                    attempt?: number;
                    /** @description One line on your bank statement for all payments. */
                    batchBooking?: "true" | "false";
                };
                header?: never;
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/xml": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs/{runId}/payment-file/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See which names and texts SEPA’s character set changed in the payment file */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                    format?: "pain.001.001.09" | "pain.001.001.03";
                    /** @description Which file of the run. Default the last; older ones were replaced. */
                    attempt?: number;
                    /** @description One line on your bank statement for all payments. */
                    batchBooking?: "true" | "false";
                };
                header?: never;
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The changes. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            changes: {
                                /** @description Null: the head of the file. */
                                payoutId: string | null;
                                field: string;
                                from: string;
                                to: string;
                            }[];
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs/{runId}/payouts.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the payouts of a run as CSV
         * @description Columns: payout_id, run_id, partner_id, status, currency, net, vat, total, lines, account_holder, iban, bic, document_numbers, scheduled_at, exported_at, paid_at, failure_reason. Text that a spreadsheet would run as a formula begins with an apostrophe.
         */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs/{runId}/confirm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm that the bank paid a run
         * @description Tell of payouts that failed first, at `/v1/payout-confirmations`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description What left the account: must be the sum of the payouts that didn’t fail. */
                        totalCents: number;
                        /**
                         * Format: date-time
                         * @description Default now.
                         * @example 2026-03-01T09:30:00.000Z
                         */
                        paidAt?: string;
                    };
                };
            };
            responses: {
                /** @description What was recorded. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Confirmed"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-runs/{runId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a run back
         * @description All of it or nothing; not once a payout of it is paid.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    runId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                        /**
                         * @description You made sure that the bank won’t carry out the payment file.
                         * @default false
                         */
                        notSentToBank?: boolean;
                    };
                };
            };
            responses: {
                /** @description The run. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["PayoutRun"] & {
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List payouts, newest first */
        get: {
            parameters: {
                query?: {
                    partnerId?: string;
                    runId?: string;
                    status?: "scheduled" | "exported" | "paid" | "failed" | "cancelled";
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["PayoutSummary"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/skipped-payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payouts that were approved and not made, and why, newest first
         * @description What is owed waits for the next run. A partner who wasn’t due when the run was approved isn’t here: `/v1/payout-preview/partners` tells why.
         */
        get: {
            parameters: {
                query?: {
                    partnerId?: string;
                    runId?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["SkippedPayout"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payouts/{payoutId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a payout, order by order */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    payoutId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The payout. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payout"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payouts/{payoutId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a payout back
         * @description Its money is due again in the next run. An invoice that was issued is credited.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    payoutId: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        reason: string;
                        /**
                         * @description For one that stands in a payment file: you made sure that the bank won’t carry it out.
                         * @default false
                         */
                        notSentToBank?: boolean;
                    };
                };
            };
            responses: {
                /** @description The payout. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payout"] & {
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/payout-confirmations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Tell which payouts the bank paid, and which failed
         * @description All or nothing; again it changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        payouts: {
                            payoutId: string;
                            /**
                             * @description `failed`: the bank did not carry it out. `returned`: it left and came back; when it left may still be told.
                             * @enum {string}
                             */
                            outcome: "paid" | "failed" | "returned";
                            /** @description What was transferred: must be its total. */
                            amountCents: number;
                            currency: string;
                            /**
                             * Format: date-time
                             * @description Default now.
                             * @example 2026-03-01T09:30:00.000Z
                             */
                            at?: string;
                            /** @description Why it failed or came back. */
                            reason?: string;
                            /** @description Of the bank. */
                            reference?: string;
                        }[];
                    };
                };
            };
            responses: {
                /** @description What was recorded. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Confirmed"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/bank-files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List invoices, credit notes and payout statements, newest first */
        get: {
            parameters: {
                query?: {
                    partnerId?: string;
                    payoutId?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Document"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{documentId}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a document as PDF */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    documentId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/documents/{documentId}/ubl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download an invoice or credit note as UBL (EN 16931, Peppol self-billing) */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    documentId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/xml": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what links and coupons brought */
        get: {
            parameters: {
                query?: {
                    partnerId?: string;
                    /** @description Inclusive; a day in the Netherlands, as on papers; at most 3660 days before `to`. Default 30 days before it. */
                    from?: string;
                    /** @description Inclusive. Default today. */
                    to?: string;
                    programmeId?: string;
                    /** @description Of `day`, `partner`, `link`, `coupon`, `campaign`, `programme`, with commas. */
                    groupBy?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The figures. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Performance"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/trial-balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the trial balance, now or as of a moment */
        get: {
            parameters: {
                query?: {
                    /** @description What was true at this moment. Default now. */
                    asOf?: string;
                    /** @description What had been heard by this moment. Default everything heard so far. */
                    knownAt?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Every account of the ledger. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["TrialBalance"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the entries of the ledger */
        get: {
            parameters: {
                query?: {
                    partnerId?: string;
                    orderId?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["JournalEntry"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/journal.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download the entries of the ledger as CSV
         * @description Columns: entry_id, recorded_at, effective_at, account, partner_id, order_id, payout_id, currency, debit, credit, cause_event_id, cause_position; a row for each line of an entry. Entries are never changed, so the files of periods that adjoin by `recorded_at` add up to the whole ledger.
         */
        get: {
            parameters: {
                query?: {
                    /** @description Recorded then or later. Default everything. */
                    from?: string;
                    /** @description Recorded before. Default everything so far. */
                    to?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/streams/{stream}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the raw events of a stream, such as `order-webshop-1042` */
        get: {
            parameters: {
                query?: {
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                };
                header?: never;
                path: {
                    stream: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Event"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read who I am here */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The partner. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnPartner"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List my links */
        get: {
            parameters: {
                query?: {
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Link"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/coupons": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List my coupons */
        get: {
            parameters: {
                query?: {
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Coupon"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/commissions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List my commissions */
        get: {
            parameters: {
                query?: {
                    programmeId?: string;
                    status?: "rejected" | "reversed" | "paid" | "scheduled" | "written_off" | "payable" | "pending";
                    placedFrom?: string;
                    /** @description Exclusive. */
                    placedBefore?: string;
                    /** @description Statuses at this moment. Default now. */
                    at?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Commission"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/performance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what my links and coupons brought */
        get: {
            parameters: {
                query?: {
                    /** @description Inclusive; a day in the Netherlands, as on papers; at most 3660 days before `to`. Default 30 days before it. */
                    from?: string;
                    /** @description Inclusive. Default today. */
                    to?: string;
                    programmeId?: string;
                    /** @description Of `day`, `partner`, `link`, `coupon`, `campaign`, `programme`, with commas. */
                    groupBy?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The figures. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Performance"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what I have earned and what is missing to the threshold */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A balance for each currency, and what is still in hold. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @example 2026-03-01T09:30:00.000Z
                             */
                            at: string;
                            balances: components["schemas"]["OwnBalance"][];
                            /** @example What is in hold was earned, but the order can still be returned. It becomes payable when the hold of the programme’s terms ends; refunds and cancellations until then lower it. */
                            aboutHold: string;
                            /** @description What is in hold by the day it becomes payable, soonest first. One by one they are in `/v1/me/commissions?status=pending`. */
                            pending: {
                                /**
                                 * Format: date
                                 * @description A day in the Netherlands. Null while orders are not completed, where the terms wait for that.
                                 */
                                payableOn: string | null;
                                currency: string;
                                amountCents: number;
                                commissions: number;
                            }[];
                            /**
                             * @description However many there are.
                             * @enum {boolean}
                             */
                            pendingIsComplete: true;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read my account as a running statement
         * @description As of any moment, and as it was known at any: a statement can be made again.
         */
        get: {
            parameters: {
                query?: {
                    currency?: string;
                    /** @description What counts before is in the opening balance. Default everything. */
                    from?: string;
                    /** @description What was true at this moment. Default now. */
                    asOf?: string;
                    /** @description What had been heard by this moment. Default everything heard so far. */
                    knownAt?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the statement. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Statement"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/statement/changes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read why my account changed
         * @description What I saw at the end of March, what I see now, and every line between.
         */
        get: {
            parameters: {
                query: {
                    currency?: string;
                    /** @description The moment that was looked at then, such as the end of a month. */
                    beforeAsOf: string;
                    /** @description When it was looked at. Default: at that moment itself, or now when it is still to come. */
                    beforeKnownAt?: string;
                    /** @description What was true at this moment. Default now. */
                    asOf?: string;
                    /** @description What had been heard by this moment. Default everything heard so far. */
                    knownAt?: string;
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page of the lines. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["StatementChanges"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List my payouts, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["PayoutSummary"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/payouts/{payoutId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a payout of mine, order by order */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    payoutId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The payout. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Payout"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/documents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List my invoices, credit notes and payout statements, newest first */
        get: {
            parameters: {
                query?: {
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Document"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/documents/{documentId}/pdf": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download a document of mine as PDF */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    documentId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/pdf": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/documents/{documentId}/ubl": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Download an invoice or credit note of mine as UBL */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path: {
                    documentId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The document. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/xml": string;
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/payout-details": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read where my money goes */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The payout details. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["OwnPayoutDetails"];
                    };
                };
            };
        };
        /**
         * Say where my money goes
         * @description Every change blocks payouts until `blockedUntil`, in case it wasn’t you; the same again changes nothing.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    /**
                     * @example {
                     *       "accountHolder": "Woonblog V.O.F.",
                     *       "iban": "NL91 ABNA 0417 1643 00",
                     *       "bic": null,
                     *       "taxProfile": "nl_business",
                     *       "vatId": "NL853746333B01",
                     *       "registrationNumber": "12345678",
                     *       "street": "Keizersgracht 1",
                     *       "postalCode": "1015 CJ",
                     *       "city": "Amsterdam",
                     *       "country": "NL",
                     *       "language": "nl"
                     *     }
                     */
                    "application/json": {
                        accountHolder: string;
                        iban: string;
                        /** @default null */
                        bic?: string | null;
                        /** @enum {string} */
                        taxProfile: "nl_business" | "nl_small_business" | "private_person" | "eu_business" | "non_eu_business";
                        /** @default null */
                        vatId?: string | null;
                        /** @default null */
                        registrationNumber?: string | null;
                        street: string;
                        postalCode: string;
                        city: string;
                        country: string;
                        /**
                         * @default nl
                         * @enum {string}
                         */
                        language?: "nl" | "en";
                    };
                };
            };
            responses: {
                /** @description The payout details. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            payoutDetails: components["schemas"]["OwnPayoutDetails"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/self-billing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the self-billing agreement, and whether I agreed */
        get: {
            parameters: {
                query?: {
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The agreement. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["SelfBilling"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Agree that the merchant issues my invoices
         * @description Businesses are not paid without. Send the version of the text that you read.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        agreement: "self-billing-1";
                    };
                };
            };
            responses: {
                /** @description The agreement. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            selfBilling: components["schemas"]["SelfBilling"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List shops, the first one connected first */
        get: {
            parameters: {
                query?: {
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["Shop"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Connect a WooCommerce shop
         * @description In WooCommerce add a webhook for each of the topics `Order created`, `Order updated` and `Order deleted` with the delivery address and the secret of this answer.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        shopId: string;
                        /**
                         * @default woocommerce
                         * @enum {string}
                         */
                        platform?: "woocommerce";
                        name: string;
                        /** @description As it is set in the shop. Without it one is made, and shown in this answer only. */
                        secret?: string;
                    };
                };
            };
            responses: {
                /** @description The shop. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            shop: components["schemas"]["Shop"];
                            /** @description Null in the answer to a repeat. */
                            secret: string | null;
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/shops/{shopId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Disconnect a shop */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    shopId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The shop. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            shop: components["schemas"]["Shop"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/woocommerce/{shopId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List access keys, oldest first */
        get: {
            parameters: {
                query?: {
                    /** @description Rows at most. */
                    limit?: number;
                    /** @description As `next` of the page before gave it; absent for the first page. */
                    cursor?: string;
                    /** @description A position that a write answered with: the read waits, not for long, until it is visible. May also be sent as the header `Provisie-Position`. */
                    waitFor?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A page. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["AccessKey"][];
                            /** @description The `cursor` of the next page; null on the last. */
                            next: string | null;
                        };
                    };
                };
            };
        };
        put?: never;
        /**
         * Issue an access key
         * @description The secret is in this answer only. A repeat with the same Idempotency-Key gives the same key with `secret: null`: if the answer was lost, revoke the key and issue another.
         */
        post: {
            parameters: {
                query?: never;
                header: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key": string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        label: string;
                        /** @description `admin`: everything but write-offs. `finance`: reads, verdicts on commissions, payouts and write-offs. `orders`: a shop that reports orders. `partner`: one partner’s own data. */
                        scopes: ("admin" | "finance" | "orders" | "partner")[];
                        partnerId?: string;
                    };
                };
            };
            responses: {
                /** @description The key. */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            key: components["schemas"]["AccessKey"];
                            secret: string | null;
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/keys/{keyId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke an access key */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description A value of your own, such as a UUID; the same one when you repeat the request. */
                    "Idempotency-Key"?: string;
                };
                path: {
                    keyId: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The key. */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            key: components["schemas"]["AccessKey"];
                            /**
                             * @description Place in the log; a read may wait for it.
                             * @example 1042
                             */
                            position: number;
                        };
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/livez": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/readyz": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        Programme: {
            programmeId: string;
            name: string;
            hosts: string[];
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            openedAt: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            closedAt: string | null;
            /** @description By version, newest first. */
            terms: {
                termsVersion: number;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                effectiveFrom: string;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                publishedAt: string;
                terms: {
                    currency: string;
                    reward: {
                        /** @enum {string} */
                        kind: "percentage";
                        rateBps: number;
                        scope: {
                            /** @enum {string} */
                            orders: "first_order";
                        } | {
                            /** @enum {string} */
                            orders: "every_order";
                        } | {
                            /** @enum {string} */
                            orders: "first_n_orders";
                            count: number;
                        };
                    } | {
                        /** @enum {string} */
                        kind: "fixed";
                        amountCents: number;
                        scope: {
                            /** @enum {string} */
                            orders: "first_order";
                        } | {
                            /** @enum {string} */
                            orders: "every_order";
                        } | {
                            /** @enum {string} */
                            orders: "first_n_orders";
                            count: number;
                        };
                    };
                    windowDays: number;
                    /** @enum {string} */
                    precedence: "coupon" | "link";
                    /** @enum {string} */
                    commissionBase: "net_lines";
                    holdDays: number;
                    /** @enum {string} */
                    holdFrom: "placed" | "completed";
                    payoutThresholdCents: number;
                    payoutSchedule: {
                        /** @enum {string} */
                        kind: "on_demand";
                    } | {
                        /** @enum {string} */
                        kind: "monthly";
                        dayOfMonth: number;
                        timeZone: string;
                    };
                    minimumCustomers: number;
                    consent: {
                        /** @enum {string} */
                        default: "required" | "exempt" | "off";
                        countries: {
                            [key: string]: "required" | "exempt" | "off";
                        };
                    };
                };
            }[];
        };
        /**
         * @description RFC 9457 problem details.
         * @example {
         *       "type": "urn:provisie:problem:invalid_request",
         *       "title": "The request is not valid",
         *       "status": 400,
         *       "code": "invalid_request",
         *       "detail": "One value is not right; see `errors`.",
         *       "errors": [
         *         {
         *           "path": "/rateBps",
         *           "problem": "too large",
         *           "expected": "at most 10000"
         *         }
         *       ]
         *     }
         */
        Problem: {
            type: string;
            title: string;
            status: number;
            /** @description Stable; what programs look at. */
            code: string;
            detail: string;
            instance?: string;
            errors?: {
                path: string;
                problem: string;
                expected?: string;
            }[];
        };
        Merchant: {
            legalName: string;
            street: string;
            postalCode: string;
            city: string;
            /** @enum {string} */
            country: "NL";
            vatId: string;
            registrationNumber: string | null;
            email: string | null;
            iban: string;
            bic: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            changedAt: string;
        };
        Partner: {
            partnerId: string;
            /** @enum {string} */
            status: "applied" | "approved" | "suspended";
            profile: components["schemas"]["Profile"];
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            appliedAt: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            approvedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            suspendedAt: string | null;
            suspensionReason: string | null;
            /** @description While one is open, nothing is paid. */
            review: {
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                openedAt: string;
                reason: string;
            } | null;
            /** @description The agreement in force to issue the partner’s invoices. */
            selfBilling: {
                agreement: string;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                agreedAt: string;
            } | null;
            /** @description That they are there; what they say is in `…/payout-details`. */
            payoutDetails: {
                /** @enum {string} */
                taxProfile: "nl_business" | "nl_small_business" | "private_person" | "eu_business" | "non_eu_business";
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                changedAt: string;
            } | null;
        };
        /**
         * @description Null once it was erased.
         * @example {
         *       "name": "Woonblog",
         *       "email": "redactie@woonblog.example",
         *       "website": "https://woonblog.example/"
         *     }
         */
        Profile: {
            name: string;
            /** Format: email */
            email: string;
            /** Format: uri */
            website?: string;
        } | null;
        PartnerPayoutDetails: {
            partnerId: string;
            details: components["schemas"]["PayoutDetails"];
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            changedAt: string;
            /**
             * Format: date-time
             * @description Nothing is paid before, because somebody else may have changed them. Null when that is over.
             * @example 2026-03-01T09:30:00.000Z
             */
            blockedUntil: string | null;
            /** @description Other partners whose money goes to the same account. */
            sharedWith: string[];
        };
        /** @description Null once they were erased. */
        PayoutDetails: {
            accountHolder: string;
            iban: string;
            bic: string | null;
            /** @enum {string} */
            taxProfile: "nl_business" | "nl_small_business" | "private_person" | "eu_business" | "non_eu_business";
            vatId: string | null;
            registrationNumber: string | null;
            street: string;
            postalCode: string;
            city: string;
            country: string;
            /** @enum {string} */
            language: "nl" | "en";
        } | null;
        Statement: {
            partnerId: string;
            currency: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            from: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            asOf: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            knownAt: string | null;
            opening: components["schemas"]["BalanceAt"];
            closing: components["schemas"]["BalanceAt"];
            items: {
                entryId: string;
                line: number;
                /** @example Order webshop-1042: refunded, commission lowered */
                text: string;
                /**
                 * Format: date-time
                 * @description From when on it counts.
                 * @example 2026-03-01T09:30:00.000Z
                 */
                effectiveAt: string;
                /**
                 * Format: date-time
                 * @description When it was heard of.
                 * @example 2026-03-01T09:30:00.000Z
                 */
                recordedAt: string;
                causeEventId: string;
                causePosition: number;
                causeType: string;
                orderId: string | null;
                payoutId: string | null;
                writeOffId: string | null;
                account: ("partner_pending" | "partner_payable" | "clawback_receivable") | string;
                /** @description Positive: in the partner’s favour. */
                amountCents: number;
                /** @description In hold. */
                pendingCents: number;
                /** @description Payable minus what is to be taken back. */
                balanceCents: number;
            }[];
            /** @description The `cursor` of the next page; null on the last. */
            next: string | null;
        };
        BalanceAt: {
            /** @description In hold. */
            pendingCents: number;
            /** @description Payable minus what is to be taken back. */
            balanceCents: number;
        };
        StatementChanges: {
            partnerId: string;
            currency: string;
            before: {
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                asOf: string;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                knownAt: string | null;
                /** @description In hold. */
                pendingCents: number;
                /** @description Payable minus what is to be taken back. */
                balanceCents: number;
            };
            after: {
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                asOf: string;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                knownAt: string | null;
                /** @description In hold. */
                pendingCents: number;
                /** @description Payable minus what is to be taken back. */
                balanceCents: number;
            };
            items: {
                entryId: string;
                line: number;
                /** @example Order webshop-1042: refunded, commission lowered */
                text: string;
                /**
                 * Format: date-time
                 * @description From when on it counts.
                 * @example 2026-03-01T09:30:00.000Z
                 */
                effectiveAt: string;
                /**
                 * Format: date-time
                 * @description When it was heard of.
                 * @example 2026-03-01T09:30:00.000Z
                 */
                recordedAt: string;
                causeEventId: string;
                causePosition: number;
                causeType: string;
                orderId: string | null;
                payoutId: string | null;
                writeOffId: string | null;
                account: ("partner_pending" | "partner_payable" | "clawback_receivable") | string;
                /** @description Positive: in the partner’s favour. */
                amountCents: number;
                /**
                 * @description `heard_since`: it counted already, but was not known. `happened_since`: it did not count yet.
                 * @enum {string}
                 */
                why: "heard_since" | "happened_since";
            }[];
            /** @description The `cursor` of the next page; null on the last. */
            next: string | null;
        };
        WriteOff: {
            writeOffId: string;
            partnerId: string;
            currency: string;
            lines: {
                orderId: string;
                /** @description Positive: is not owed any more. Negative: is not taken back any more. */
                amountCents: number;
            }[];
            reason: string;
        };
        Link: {
            code: string;
            /** @description What partners publish. */
            trackingUrl: string;
            programmeId: string;
            partnerId: string;
            destination: string;
            utm: {
                source?: string;
                medium?: string;
                campaign?: string;
                term?: string;
                content?: string;
            } | null;
            label: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            disabledAt: string | null;
        };
        Coupon: {
            code: string;
            programmeId: string;
            partnerId: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            issuedAt: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            validFrom: string;
            /**
             * Format: date-time
             * @description Inclusive.
             * @example 2026-03-01T09:30:00.000Z
             */
            validUntil: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            withdrawnAt: string | null;
        };
        OrderReport: {
            orderId: string;
            /** @description False while the placing of the order has not been reported: nothing is decided before. */
            isPlaced: boolean;
            /**
             * @description Place in the log; a read may wait for it.
             * @example 1042
             */
            position: number;
        };
        Order: {
            orderId: string;
            /**
             * Format: date-time
             * @description Null while something else of the order is known, but not its placing.
             * @example 2026-03-01T09:30:00.000Z
             */
            placedAt: string | null;
            currency: string | null;
            couponCodes: (string)[];
            lines: {
                lineId: string;
                amountCents: number;
                description?: string;
                quantity?: number;
            }[];
            linesCents: number;
            refundsCents: number;
            /** @description What a commission is reckoned from. */
            baseCents: number;
            refunds: {
                refundId: string;
                amountCents: number;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                occurredAt: string;
            }[];
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            completedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            cancelledAt: string | null;
            shopId: string | null;
            externalId: string | null;
        };
        Decision: {
            orderId: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            placedAt: string;
            /** @description A key that stands for the customer. */
            customer: string;
            currency: string;
            couponCodes: string[];
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            cancelledAt: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            completedAt: string | null;
            base: {
                linesCents: number;
                refundsCents: number;
                baseCents: number;
                amendmentId: string | null;
                refusedAmendmentIds: string[];
                refundIds: string[];
            };
            /** @description Latest first, at most fifty, the winner always among them. */
            candidates: {
                touchId: string;
                /** @enum {string} */
                kind: "order_coupon" | "entered_coupon" | "click" | "visit";
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                occurredAt: string;
                visitorId: string | null;
                linkCode: string | null;
                couponCode: string | null;
                partnerId: string;
                partnerName: string | null;
                programmeId: string;
                termsVersion: number | null;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                windowOpensAt: string | null;
                /**
                 * @description `won`, or the first reason why it did not.
                 * @enum {string}
                 */
                result: "won" | "bot" | "consent_denied" | "programme_closed" | "partner_not_active" | "link_disabled" | "coupon_not_valid" | "self_referral" | "currency_mismatch" | "outside_window" | "superseded_by_coupon" | "superseded_by_link" | "superseded_by_later_touch" | "superseded_by_lock";
            }[];
            omittedCandidates: number;
            /** @enum {string} */
            outcome: "awarded" | "no_touch" | "no_counting_touch";
            award: {
                partnerId: string;
                partnerName: string | null;
                programmeId: string;
                termsVersion: number;
                touchId: string;
                /** @enum {string} */
                kind: "order_coupon" | "entered_coupon" | "click" | "visit";
                linkCode: string | null;
                couponCode: string | null;
                lockedByPayoutId: string | null;
            } | null;
            reward: {
                /** @enum {string} */
                result: "earned" | "order_cancelled" | "zero_base" | "not_first_order" | "superseded_by_lock";
                reward: {
                    /** @enum {string} */
                    kind: "percentage";
                    rateBps: number;
                    scope: {
                        /** @enum {string} */
                        orders: "first_order";
                    } | {
                        /** @enum {string} */
                        orders: "every_order";
                    } | {
                        /** @enum {string} */
                        orders: "first_n_orders";
                        count: number;
                    };
                } | {
                    /** @enum {string} */
                    kind: "fixed";
                    amountCents: number;
                    scope: {
                        /** @enum {string} */
                        orders: "first_order";
                    } | {
                        /** @enum {string} */
                        orders: "every_order";
                    } | {
                        /** @enum {string} */
                        orders: "first_n_orders";
                        count: number;
                    };
                };
                rateBps: number | null;
                rank: number | null;
                earlierOrderIds: string[];
                amountCents: number;
                /** @example 10.00 % of €1,234.50 = €123.45 */
                arithmetic: string;
            } | null;
            commission: {
                amountCents: number;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                payableFrom: string | null;
                rejection: {
                    /**
                     * Format: date-time
                     * @example 2026-03-01T09:30:00.000Z
                     */
                    occurredAt: string;
                    reason: string;
                    by: string;
                } | null;
                /** @description What of it will not be paid any more. */
                writtenOffCents: number;
                payouts: {
                    payoutId: string;
                    /** @enum {string} */
                    state: "scheduled" | "paid";
                    amountCents: number;
                }[];
            } | null;
            /** @description The same in words, fit to be read out. */
            explanation: string;
        };
        Commission: {
            orderId: string;
            partnerId: string;
            programmeId: string;
            termsVersion: number;
            currency: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            placedAt: string;
            /** @enum {string} */
            kind: "order_coupon" | "entered_coupon" | "click" | "visit";
            linkCode: string | null;
            couponCode: string | null;
            baseCents: number;
            amountCents: number;
            /**
             * Format: date-time
             * @description Null while the order it waits for is not completed.
             * @example 2026-03-01T09:30:00.000Z
             */
            payableFrom: string | null;
            /**
             * @description The first that applies. `written_off`: it was earned, and nothing of it will be paid any more.
             * @enum {string}
             */
            status: "rejected" | "reversed" | "paid" | "scheduled" | "written_off" | "payable" | "pending";
            rejectionReason: string | null;
            /** @description What of `amountCents` will not be paid any more, as finance wrote it off; of a `payable` one the rest is paid. */
            writtenOffCents: number;
        };
        Balance: {
            partnerId: string;
            currency: string;
            /** @description Earned, still in hold. */
            pendingCents: number;
            /** @description The balance, without VAT. May be negative: what is to be taken back is taken off already. */
            payableCents: number;
            /** @description What payouts paid of orders above what those are worth now; the next payout takes it back. */
            clawbackCents: number;
            /** @description On its way through the bank, VAT included. */
            scheduledCents: number;
            /** @description Gone through the bank, VAT included. */
            paidCents: number;
            /** @description The VAT in what is scheduled or paid. */
            vatCents: number;
            writtenOffCents: number;
            thresholdCents: number | null;
            /** @description What is missing to the threshold; 0 when a payout is due; null without a threshold. */
            missingCents: number | null;
            payoutDue: boolean;
        };
        PayoutPreview: {
            currency: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            cutOff: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            at: string;
            /** @description What a run would pay now. */
            due: {
                payouts: number;
                netCents: number;
                vatCents: number;
                totalCents: number;
            };
            belowThreshold: {
                partners: number;
                netCents: number;
            };
            blocked: {
                partners: number;
                netCents: number;
            };
            /** @description Partners by what blocks them; one may have several reasons. */
            blocks: {
                [key: string]: number;
            };
            /** @description Approve with it: refused when what is due has changed since. */
            fingerprint: string;
        };
        PartnerPreview: {
            partnerId: string;
            currency: string;
            /** @enum {string} */
            status: "due" | "below_threshold" | "blocked";
            blocks: {
                reason: string;
                text: string;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                until: string | null;
            }[];
            thresholdCents: number | null;
            missingCents: number;
            /** @description Negative: more is to be taken back than paid. */
            netCents: number;
            /** @description What of it is taken back. */
            clawbackCents: number;
            vatCents: number;
            totalCents: number;
            vat: {
                /** @enum {string} */
                kind: "invoiced" | "credited";
                /** @enum {string} */
                treatment: "standard" | "small_business" | "no_vat" | "reverse_charge" | "outside_scope";
                rateBps: number;
                netCents: number;
                vatCents: number;
            }[];
            lines: {
                orderId: string;
                programmeId: string;
                termsVersion: number;
                touchId: string;
                amountCents: number;
            }[];
        };
        PayoutRun: {
            runId: string;
            /**
             * @description `awaiting_approval`: a second person must approve. `scheduling`: approved, and going on by itself. `scheduled`: the payouts are fixed. `abandoned`: taken back before anything was.
             * @enum {string}
             */
            status: "awaiting_approval" | "scheduling" | "scheduled" | "abandoned";
            currency: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            cutOff: string;
            partnerIds: string[] | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            openedAt: string;
            /** @description Access keys. */
            approvedBy: string[];
            approvalsRequired: number;
            fingerprint: string;
            /** @description What was approved. */
            planned: {
                payouts: number;
                /** @description Without VAT. */
                netCents: number;
                vatCents: number;
                /** @description What the bank transfers. */
                totalCents: number;
            };
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            closedAt: string | null;
            /** @description What came of it; null until then. */
            scheduled: {
                payouts: number;
                /** @description Without VAT. */
                netCents: number;
                vatCents: number;
                /** @description What the bank transfers. */
                totalCents: number;
            } | null;
            /** @description Partners who were approved and aren’t paid: they are left for the next run. `/v1/skipped-payouts` tells who and why. */
            skipped: number;
            reason: string | null;
            exports: {
                /** @description Which payment file of the run it is, from 1. */
                attempt: number;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                exportedAt: string;
                /** Format: date */
                executionDate: string;
                payouts: number;
                totalCents: number;
            }[];
        };
        Confirmed: {
            paid: number;
            failed: number;
            /** @description Recorded before. */
            unchanged: number;
            /**
             * @description Place in the log; a read may wait for it.
             * @example 1042
             */
            position: number;
        };
        PayoutSummary: {
            payoutId: string;
            runId: string;
            partnerId: string;
            currency: string;
            /**
             * @description `scheduled`: it will be paid. `exported`: it is in a payment file for the bank. What `failed` or was `cancelled` is in the balance again.
             * @enum {string}
             */
            status: "scheduled" | "exported" | "paid" | "failed" | "cancelled";
            /** @description Without VAT. */
            amountCents: number;
            vat: {
                /** @enum {string} */
                kind: "invoiced" | "credited";
                /** @enum {string} */
                treatment: "standard" | "small_business" | "no_vat" | "reverse_charge" | "outside_scope";
                rateBps: number;
                netCents: number;
                vatCents: number;
            }[];
            /** @description What the bank transfers, VAT included. */
            totalCents: number;
            /** @enum {string} */
            taxProfile: "nl_business" | "nl_small_business" | "private_person" | "eu_business" | "non_eu_business";
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            scheduledAt: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            exportedAt: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            paidAt: string | null;
            /** @description Of the bank, where it gave one. */
            reference: string | null;
            /**
             * Format: date-time
             * @description When it failed or was cancelled.
             * @example 2026-03-01T09:30:00.000Z
             */
            endedAt: string | null;
            reason: string | null;
            documents: {
                documentId: string;
                number: string;
                /** @enum {string} */
                kind: "self_billing_invoice" | "credit_note" | "payout_statement";
            }[];
            lineCount: number;
        };
        SkippedPayout: {
            payoutId: string;
            runId: string;
            partnerId: string;
            currency: string;
            /** @description As approved, without VAT. */
            amountCents: number;
            /** @description As approved. */
            totalCents: number;
            /** @enum {string} */
            reason: "settled_meanwhile" | "not_approved" | "suspended" | "under_review" | "no_payout_details" | "details_cooling" | "no_self_billing_agreement" | "no_terms" | "too_few_customers" | "not_scheduled" | "too_many_orders" | "vat_not_in_euros" | "below_threshold" | "changed_since_approval" | "too_large";
            /** @description The reason in words, and what to do. */
            text: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            skippedAt: string;
        };
        Payout: components["schemas"]["PayoutSummary"] & {
            /** @description What it pays of each order; negative: takes back. */
            lines: {
                orderId: string;
                programmeId: string;
                termsVersion: number;
                touchId: string;
                amountCents: number;
            }[];
        };
        Document: {
            documentId: string;
            number: string;
            /** @enum {string} */
            kind: "self_billing_invoice" | "credit_note" | "payout_statement";
            partnerId: string;
            payoutId: string;
            currency: string;
            /** Format: date */
            issueDate: string;
            netCents: number;
            vatCents: number;
            totalCents: number;
        };
        Performance: {
            from: string;
            to: string;
            rows: {
                day: string | null;
                partnerId: string | null;
                programmeId: string | null;
                linkCode: string | null;
                couponCode: string | null;
                campaign: string | null;
                clicks: number;
                uniqueVisitors: number;
                visits: number;
                orders: number;
                currency: string | null;
                revenueCents: number;
                commissionCents: number;
                conversionRate: number | null;
                averageOrderCents: number | null;
                earningsPerClickCents: number | null;
            }[];
        };
        TrialBalance: {
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            asOf: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            knownAt: string | null;
            /** @description The balances of a currency add up to zero. */
            accounts: {
                currency: string;
                account: string;
                debitCents: number;
                creditCents: number;
                /** @description Debits minus credits. */
                balanceCents: number;
            }[];
        };
        JournalEntry: {
            entryId: string;
            causeEventId: string;
            causePosition: number;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            recordedAt: string;
            causeType: string;
            orderId: string | null;
            payoutId: string | null;
            writeOffId: string | null;
            currency: string;
            lines: {
                account: string;
                partnerId: string | null;
                /** @description Debits positive, credits negative. */
                amountCents: number;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                effectiveAt: string;
            }[];
        };
        Event: {
            id: string;
            type: string;
            version: number;
            stream: string;
            revision: number;
            position: number;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            occurredAt: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            recordedAt: string;
            data?: unknown;
            /** @description Who and what caused it. */
            metadata?: unknown;
        };
        OwnPartner: components["schemas"]["Partner"] & {
            review?: {
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                openedAt: string;
            } | null;
        };
        OwnBalance: components["schemas"]["Balance"] & {
            payout: components["schemas"]["PayoutOutlook"];
        };
        /** @description Whether it would be paid now, and if not, why not. */
        PayoutOutlook: {
            /**
             * @description `due`: the next payout run would pay. `below_threshold`: `missingCents` are missing, nothing else is in the way. `blocked`: see `blocks`.
             * @enum {string}
             */
            status: "due" | "below_threshold" | "blocked";
            blocks: {
                reason: string;
                text: string;
                /**
                 * Format: date-time
                 * @description When it is over by itself.
                 * @example 2026-03-01T09:30:00.000Z
                 */
                until: string | null;
            }[];
            /**
             * Format: date-time
             * @description Null where payouts are made whenever finance makes a run.
             * @example 2026-03-01T09:30:00.000Z
             */
            nextPayday: string | null;
            /** @description To the threshold; 0 when it is reached. */
            missingCents: number;
            /** @description What a payout would come to now; negative: is taken back first. */
            netCents: number;
            /** @description Paid on top. */
            vatCents: number;
            totalCents: number;
        };
        /** @description The IBAN is masked: NL•• •••• •••• ••43 00. */
        OwnPayoutDetails: {
            partnerId: string;
            details: components["schemas"]["PayoutDetails"];
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            changedAt: string;
            /**
             * Format: date-time
             * @description Nothing is paid before, because somebody else may have changed them. Null when that is over.
             * @example 2026-03-01T09:30:00.000Z
             */
            blockedUntil: string | null;
        };
        SelfBilling: {
            partnerId: string;
            /** @description The version of the text. */
            agreement: string;
            text: {
                nl: {
                    title: string;
                    paragraphs: string[];
                };
                en: {
                    title: string;
                    paragraphs: string[];
                };
            };
            /** @description What you agreed to, maybe an earlier version; null without. */
            agreed: {
                agreement: string;
                /**
                 * Format: date-time
                 * @example 2026-03-01T09:30:00.000Z
                 */
                agreedAt: string;
            } | null;
        };
        Shop: {
            shopId: string;
            /** @enum {string} */
            platform: "woocommerce";
            name: string;
            /** @description Where the shop’s webhooks are delivered to. */
            webhookPath: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            connectedAt: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            disconnectedAt: string | null;
        };
        /**
         * @example {
         *       "outcome": "recorded",
         *       "orderId": "webshop-727",
         *       "events": [
         *         "OrderPlaced",
         *         "OrderCompleted"
         *       ],
         *       "position": 1042
         *     }
         */
        WooCommerceAnswer: {
            /** @enum {string} */
            outcome: "ping" | "recorded" | "unchanged" | "ignored" | "unreadable";
            orderId?: string;
            reason?: string;
            events?: string[];
            errors?: {
                path: string;
                problem: string;
                expected?: string;
            }[];
            position?: number;
            /** @description What was changed in the shop since the order was first booked, and stays here as it was then: the date of placing, the customer, coupons. */
            kept?: {
                path: string;
                recorded?: unknown;
                sent?: unknown;
            }[];
        };
        AccessKey: {
            keyId: string;
            label: string;
            /** @description The first characters of the secret. */
            hint: string;
            scopes: ("admin" | "finance" | "orders" | "partner")[];
            partnerId: string | null;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            issuedAt: string;
            /**
             * Format: date-time
             * @example 2026-03-01T09:30:00.000Z
             */
            revokedAt: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
