emit("order_paid")
