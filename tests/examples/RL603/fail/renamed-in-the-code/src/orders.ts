emit("order_settled")
