using System.Diagnostics.Metrics;
using System.Globalization;

namespace PatchOperator.Metrics;

/// <summary>Counts and times the requests to the API server, each attempt by itself. A watch is timed until it has begun.</summary>
internal sealed class ApiRequestHandler : DelegatingHandler
{
    // The connection failed, or nobody waited for the answer any more.
    private const string NoAnswer = "error";

    private readonly TimeProvider time;
    private readonly Counter<long> requests;
    private readonly Histogram<double> duration;

    public ApiRequestHandler(IMeterFactory meters, TimeProvider time)
    {
        this.time = time;
        var meter = meters.OperatorMeters();
        requests = meter.Count("api.requests", "{request}", "Requests to the API server, by the code of the answer.");
        duration = meter.CallDuration("api.request.duration", "How long the API server took to answer; a watch until it had begun.");
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var (startedAt, code) = (time.GetTimestamp(), NoAnswer);
        try
        {
            var response = await base.SendAsync(request, cancellationToken);
            code = ((int)response.StatusCode).ToString(CultureInfo.InvariantCulture);
            return response;
        }
        finally
        {
            var call = ApiCall.Of(request);
            KeyValuePair<string, object?> verb = new("verb", call.Verb), resource = new("resource", call.Resource);
            requests.Add(1, verb, resource, new KeyValuePair<string, object?>("code", code));
            duration.Record(time.GetElapsedTime(startedAt).TotalSeconds, verb, resource);
        }
    }
}
