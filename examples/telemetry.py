"""Trace and measure calls with OpenTelemetry.

pip install opentelemetry-sdk opentelemetry-instrumentation-httpx
export EIGENPAL_API_KEY=...
python examples/telemetry.py

Without an account, `python -m eigenpal.testing --app examples.invoices:server` prints the variables to set.
"""

import os
from pathlib import Path

from opentelemetry import metrics, trace
from opentelemetry.instrumentation.httpx import HTTPXClientInstrumentor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import ConsoleMetricExporter, PeriodicExportingMetricReader
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, ConsoleSpanExporter

from eigenpal import EigenpalClient
from eigenpal.types import ResponseInfo

tracers = TracerProvider()
tracers.add_span_processor(BatchSpanProcessor(ConsoleSpanExporter()))  # in production, an OTLPSpanExporter
trace.set_tracer_provider(tracers)
meters = MeterProvider([PeriodicExportingMetricReader(ConsoleMetricExporter())])
metrics.set_meter_provider(meters)

# One span for each HTTP request, with method, URL and status. Instrument before the first client is created.
HTTPXClientInstrumentor().instrument()

tracer = trace.get_tracer("invoices")
durations = metrics.get_meter("invoices").create_histogram("eigenpal.call.duration", unit="s")


def record(info: ResponseInfo) -> None:
    """Record a call, which is one or several requests."""
    labels = {"operation": info.operation, "status": info.status}
    durations.record(info.seconds, labels)
    trace.get_current_span().add_event("eigenpal.call", {**labels, "request_id": info.request_id or ""})


with EigenpalClient(api_key=os.environ["EIGENPAL_API_KEY"], on_response=record) as client:
    with tracer.start_as_current_span("extract-invoice") as span:
        run = client.run_and_wait("workflows.extract-invoice", {"contract": Path(__file__).with_name("invoice.pdf")})
        span.set_attributes({"eigenpal.run_id": run.id, "eigenpal.status": run.execution.status})
    print(run.output)

tracers.shutdown()
meters.shutdown()
