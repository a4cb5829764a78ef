// Written by `npm run events`, as samples/ is.

import type { OrderEventEnvelopeOf, OrderEventType } from '../types.ts';

/** Each event as it is published: the plain case, and its edges. */
export const samples = {
  OrderCreated: {
    /** Items and a note. */
    plain: {
      "version": "0",
      "id": "6e863c03-f063-5e84-a0b5-1ff519f93360",
      "detail-type": "OrderCreated",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:00:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "76efcace-f58e-5f01-9941-4a545dc87857",
          "type": "OrderCreated",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:00:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 1,
          "groupId": "C101#O5001",
          "deduplicationId": "76efcace-f58e-5f01-9941-4a545dc87857"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "PENDING",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:00:00.000Z",
            "version": 1
          },
          "previous": {}
        }
      }
    },
    /** An amount alone. */
    'no-items': {
      "version": "0",
      "id": "6e863c03-f063-5e84-a0b5-1ff519f93360",
      "detail-type": "OrderCreated",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:00:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "76efcace-f58e-5f01-9941-4a545dc87857",
          "type": "OrderCreated",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:00:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 1,
          "groupId": "C101#O5001",
          "deduplicationId": "76efcace-f58e-5f01-9941-4a545dc87857"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "PENDING",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:00:00.000Z",
            "version": 1
          },
          "previous": {}
        }
      }
    },
    /** The largest amount, 2^53 - 1. */
    'largest-amount': {
      "version": "0",
      "id": "6e863c03-f063-5e84-a0b5-1ff519f93360",
      "detail-type": "OrderCreated",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:00:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "76efcace-f58e-5f01-9941-4a545dc87857",
          "type": "OrderCreated",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:00:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 1,
          "groupId": "C101#O5001",
          "deduplicationId": "76efcace-f58e-5f01-9941-4a545dc87857"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 9007199254740991,
            "currency": "USD",
            "status": "PENDING",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:00:00.000Z",
            "version": 1
          },
          "previous": {}
        }
      }
    },
    /** Euros, and a note in several scripts, with quotes and a line break. */
    'unicode-note': {
      "version": "0",
      "id": "6e863c03-f063-5e84-a0b5-1ff519f93360",
      "detail-type": "OrderCreated",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:00:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "76efcace-f58e-5f01-9941-4a545dc87857",
          "type": "OrderCreated",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:00:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 1,
          "groupId": "C101#O5001",
          "deduplicationId": "76efcace-f58e-5f01-9941-4a545dc87857"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 12500,
            "currency": "EUR",
            "status": "PENDING",
            "note": "Für Zoë 🎁: “東京へ”,\n\\ and \"quotes\"",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:00:00.000Z",
            "version": 1
          },
          "previous": {}
        }
      }
    },
    /** A cause and a trace. */
    traced: {
      "version": "0",
      "id": "6e863c03-f063-5e84-a0b5-1ff519f93360",
      "detail-type": "OrderCreated",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:00:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "76efcace-f58e-5f01-9941-4a545dc87857",
          "type": "OrderCreated",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:00:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "causationId": "b7c1d8e4-2f5a-4f0e-8a65-7e9d0c3b1a2f",
          "traceparent": "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
          "actor": "U1001",
          "sequence": 1,
          "groupId": "C101#O5001",
          "deduplicationId": "76efcace-f58e-5f01-9941-4a545dc87857"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "PENDING",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:00:00.000Z",
            "version": 1
          },
          "previous": {}
        }
      }
    },
    /** In place of a deleted one: its sequence goes on, its createdAt is later. */
    anew: {
      "version": "0",
      "id": "87a01d32-0f8b-5b07-8283-876cb70dff32",
      "detail-type": "OrderCreated",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:30:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "516614ac-782d-5243-93b9-49873a0543b9",
          "type": "OrderCreated",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:30:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 3,
          "groupId": "C101#O5001",
          "deduplicationId": "516614ac-782d-5243-93b9-49873a0543b9"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 2500,
            "currency": "USD",
            "status": "PENDING",
            "createdAt": "2026-11-22T10:30:00.000Z",
            "updatedAt": "2026-11-22T10:30:00.000Z",
            "version": 3
          },
          "previous": {}
        }
      }
    },
  },
  OrderAmended: {
    /** Fewer items. */
    plain: {
      "version": "0",
      "id": "539e42dc-3a82-5ba9-9b80-7e9ecb99045f",
      "detail-type": "OrderAmended",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:01:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "d908deeb-e61e-57ae-aa69-3eeb8daeff6c",
          "type": "OrderAmended",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:01:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 2,
          "groupId": "C101#O5001",
          "deduplicationId": "d908deeb-e61e-57ae-aa69-3eeb8daeff6c"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1500,
            "currency": "USD",
            "status": "PENDING",
            "items": [{ "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 }],
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:01:00.000Z",
            "version": 2
          },
          "previous": {
            "amount": 1999,
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ]
          }
        }
      }
    },
    /** Items where there were none: the previous are null. */
    'items-added': {
      "version": "0",
      "id": "539e42dc-3a82-5ba9-9b80-7e9ecb99045f",
      "detail-type": "OrderAmended",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:01:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "d908deeb-e61e-57ae-aa69-3eeb8daeff6c",
          "type": "OrderAmended",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:01:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 2,
          "groupId": "C101#O5001",
          "deduplicationId": "d908deeb-e61e-57ae-aa69-3eeb8daeff6c"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "PENDING",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:01:00.000Z",
            "version": 2
          },
          "previous": { "items": null }
        }
      }
    },
    /** No items any more, the amount stays. */
    'items-removed': {
      "version": "0",
      "id": "539e42dc-3a82-5ba9-9b80-7e9ecb99045f",
      "detail-type": "OrderAmended",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:01:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "d908deeb-e61e-57ae-aa69-3eeb8daeff6c",
          "type": "OrderAmended",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:01:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 2,
          "groupId": "C101#O5001",
          "deduplicationId": "d908deeb-e61e-57ae-aa69-3eeb8daeff6c"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "PENDING",
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:01:00.000Z",
            "version": 2
          },
          "previous": {
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ]
          }
        }
      }
    },
    /** A note where there was none: the previous one is null. */
    'note-added': {
      "version": "0",
      "id": "539e42dc-3a82-5ba9-9b80-7e9ecb99045f",
      "detail-type": "OrderAmended",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:01:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "d908deeb-e61e-57ae-aa69-3eeb8daeff6c",
          "type": "OrderAmended",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:01:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 2,
          "groupId": "C101#O5001",
          "deduplicationId": "d908deeb-e61e-57ae-aa69-3eeb8daeff6c"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "PENDING",
            "note": "Ring twice",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:01:00.000Z",
            "version": 2
          },
          "previous": { "note": null }
        }
      }
    },
  },
  OrderConfirmed: {
    /** By staff. */
    plain: {
      "version": "0",
      "id": "1d63dab1-c6f3-519b-8f6d-55e46c367509",
      "detail-type": "OrderConfirmed",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:05:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "cd7bd148-d61a-57fd-8d5c-0384f9d1a938",
          "type": "OrderConfirmed",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:05:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1003",
          "sequence": 2,
          "groupId": "C101#O5001",
          "deduplicationId": "cd7bd148-d61a-57fd-8d5c-0384f9d1a938"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "CONFIRMED",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:05:00.000Z",
            "version": 2
          },
          "previous": { "status": "PENDING" }
        }
      }
    },
  },
  OrderShipped: {
    /** A tracking number, which was absent before. */
    plain: {
      "version": "0",
      "id": "b765926c-e60e-5d7b-820d-b83276608d30",
      "detail-type": "OrderShipped",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T11:05:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "f4713b19-0483-54e8-87d3-f5aa5d9728b7",
          "type": "OrderShipped",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T11:05:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1003",
          "sequence": 3,
          "groupId": "C101#O5001",
          "deduplicationId": "f4713b19-0483-54e8-87d3-f5aa5d9728b7"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "SHIPPED",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "trackingNumber": "TRK-7781",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T11:05:00.000Z",
            "version": 3
          },
          "previous": { "status": "CONFIRMED", "trackingNumber": null }
        }
      }
    },
    /** No tracking number. */
    'no-tracking-number': {
      "version": "0",
      "id": "b765926c-e60e-5d7b-820d-b83276608d30",
      "detail-type": "OrderShipped",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T11:05:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "f4713b19-0483-54e8-87d3-f5aa5d9728b7",
          "type": "OrderShipped",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T11:05:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1003",
          "sequence": 3,
          "groupId": "C101#O5001",
          "deduplicationId": "f4713b19-0483-54e8-87d3-f5aa5d9728b7"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "SHIPPED",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T11:05:00.000Z",
            "version": 3
          },
          "previous": { "status": "CONFIRMED" }
        }
      }
    },
  },
  OrderDelivered: {
    /** By staff. */
    plain: {
      "version": "0",
      "id": "f168e349-41e7-59a9-ad45-6f026092662a",
      "detail-type": "OrderDelivered",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-23T11:00:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "a96bceee-c559-546c-9257-5c2661e87246",
          "type": "OrderDelivered",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-23T11:00:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1003",
          "sequence": 4,
          "groupId": "C101#O5001",
          "deduplicationId": "a96bceee-c559-546c-9257-5c2661e87246"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "DELIVERED",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "trackingNumber": "TRK-7781",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-23T11:00:00.000Z",
            "version": 4
          },
          "previous": { "status": "SHIPPED" }
        }
      }
    },
  },
  OrderCancelled: {
    /** By the owner, from PENDING. */
    plain: {
      "version": "0",
      "id": "dd66a7b6-a1ef-500b-87b2-3176ef2253e7",
      "detail-type": "OrderCancelled",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:03:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "52e423d2-4ab1-55bf-9591-8bb21c82583b",
          "type": "OrderCancelled",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:03:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1001",
          "sequence": 2,
          "groupId": "C101#O5001",
          "deduplicationId": "52e423d2-4ab1-55bf-9591-8bb21c82583b"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "CANCELLED",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:03:00.000Z",
            "version": 2
          },
          "previous": { "status": "PENDING" }
        }
      }
    },
    /** By staff, for a reason, from CONFIRMED. */
    'from-confirmed': {
      "version": "0",
      "id": "ddf68617-1d32-5210-becb-15fd72ef0402",
      "detail-type": "OrderCancelled",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:10:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "0e410c3c-67fc-50a1-933e-aa59252b21a4",
          "type": "OrderCancelled",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:10:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1003",
          "reason": "Out of stock",
          "sequence": 3,
          "groupId": "C101#O5001",
          "deduplicationId": "0e410c3c-67fc-50a1-933e-aa59252b21a4"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "CANCELLED",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:10:00.000Z",
            "version": 3
          },
          "previous": { "status": "CONFIRMED" }
        }
      }
    },
  },
  OrderDeleted: {
    /** By staff, for a reason. */
    plain: {
      "version": "0",
      "id": "20b03234-e118-510a-a490-1f15628def4c",
      "detail-type": "OrderDeleted",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:05:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "693a2080-78b4-5437-b741-61146b90653f",
          "type": "OrderDeleted",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:05:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1003",
          "reason": "Placed twice",
          "sequence": 2,
          "groupId": "C101#O5001",
          "deduplicationId": "693a2080-78b4-5437-b741-61146b90653f"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "PENDING",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:05:00.000Z",
            "version": 2
          },
          "previous": {}
        }
      }
    },
    /** Somebody removed the item from the table: the actor is not known. */
    'by-hand': {
      "version": "0",
      "id": "20b03234-e118-510a-a490-1f15628def4c",
      "detail-type": "OrderDeleted",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T11:00:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "693a2080-78b4-5437-b741-61146b90653f",
          "type": "OrderDeleted",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T11:00:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "system:unknown",
          "sequence": 2,
          "groupId": "C101#O5001",
          "deduplicationId": "693a2080-78b4-5437-b741-61146b90653f"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "PENDING",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T11:00:00.000Z",
            "version": 2
          },
          "previous": {}
        }
      }
    },
  },
  OrderRestored: {
    /** The state that was deleted. */
    plain: {
      "version": "0",
      "id": "d1a4b451-b8ff-5767-b293-b83fdb1abfc3",
      "detail-type": "OrderRestored",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2026-11-22T10:20:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "9df049be-81c9-5ce2-81c2-cc9214a54568",
          "type": "OrderRestored",
          "schemaVersion": "1.0",
          "occurredAt": "2026-11-22T10:20:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "U1003",
          "sequence": 3,
          "groupId": "C101#O5001",
          "deduplicationId": "9df049be-81c9-5ce2-81c2-cc9214a54568"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "PENDING",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2026-11-22T10:20:00.000Z",
            "version": 3
          },
          "previous": {}
        }
      }
    },
  },
  OrderExpired: {
    /** After its retention, in the last state. */
    plain: {
      "version": "0",
      "id": "7d676777-0262-5d6d-9579-0a06dae06121",
      "detail-type": "OrderExpired",
      "source": "orders.service",
      "account": "123456789012",
      "time": "2027-12-28T11:00:00Z",
      "region": "eu-west-1",
      "resources": [],
      "detail": {
        "metadata": {
          "eventId": "2222c5da-7f86-534e-ba8a-1fcbb3aca570",
          "type": "OrderExpired",
          "schemaVersion": "1.0",
          "occurredAt": "2027-12-28T11:00:00.000Z",
          "correlationId": "a9d8f3c2-5b1e-4c57-9f65-0d7c1b1a2e3f",
          "actor": "system:ttl",
          "sequence": 5,
          "groupId": "C101#O5001",
          "deduplicationId": "2222c5da-7f86-534e-ba8a-1fcbb3aca570"
        },
        "data": {
          "order": {
            "customerId": "C101",
            "orderId": "O5001",
            "amount": 1999,
            "currency": "USD",
            "status": "DELIVERED",
            "items": [
              { "sku": "BOOK-7", "quantity": 2, "unitAmount": 750 },
              { "sku": "PEN-1", "quantity": 1, "unitAmount": 499 }
            ],
            "note": "Leave it at the door",
            "trackingNumber": "TRK-7781",
            "createdAt": "2026-11-22T10:00:00.000Z",
            "updatedAt": "2027-12-28T11:00:00.000Z",
            "version": 5
          },
          "previous": {}
        }
      }
    },
  },
} satisfies { [Type in OrderEventType]: Record<string, OrderEventEnvelopeOf<Type>> };
