using System.CommandLine;
using PatchOperator;
using PatchOperator.Cli;
using PatchOperator.Engine;
using PatchOperator.Metrics;
using PatchOperator.Reading;

// What is asked of files needs nothing of what the operator needs.
var onFiles = Commands.Root(TimeProvider.System, ClusterReading.ReadAsync);
if (onFiles.Subcommands.Any(subcommand => subcommand.Name == args.FirstOrDefault()))
    return await onFiles.Parse(args).InvokeAsync();

var maxUnavailable = new Option<string>("--max-unavailable")
{
    Description = "How many nodes of the whole cluster may be unavailable at once, as a number or a share; stands above every policy.",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("MAX_UNAVAILABLE") ?? "100%",
};
maxUnavailable.Validators.Add(result =>
{
    if (Shares.Validate(result.GetValueOrDefault<string>()) is { } problem)
        result.AddError($"--max-unavailable: {problem}");
});
var maxScans = new Option<int>("--max-scans")
{
    Description = "How many nodes are scanned at once, so that neither the API server nor a mirror sees the whole fleet at once. [env: MAX_SCANS]",
    DefaultValueFactory = _ => int.TryParse(Environment.GetEnvironmentVariable("MAX_SCANS"), out var number) ? number : 25,
};
maxScans.Validators.Add(result =>
{
    if (result.GetValueOrDefault<int>() < 1)
        result.AddError("--max-scans must be 1 at least.");
});
var agentImage = new Option<string>("--agent-image")
{
    Description = "The image that scans and patches nodes: the operator's own. [env: AGENT_IMAGE]",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("AGENT_IMAGE") ?? "",
};
agentImage.Validators.Add(result =>
{
    if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
        result.AddError("--agent-image, or the environment variable AGENT_IMAGE, must name the operator's own image.");
});
var toolsImage = new Option<string>("--tools-image")
{
    Description = "The image that builds, tests and scans golden images. [env: TOOLS_IMAGE]",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("TOOLS_IMAGE") ?? "",
};
toolsImage.Validators.Add(result =>
{
    if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()))
        result.AddError("--tools-image, or the environment variable TOOLS_IMAGE, must name the image with the tools that build images.");
});
var jobNamespace = new Option<string>("--job-namespace")
{
    Description = "The namespace that the operator makes its Jobs in. [env: JOB_NAMESPACE]",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("JOB_NAMESPACE") ?? "patch-operator-jobs",
};
var otlpEndpoint = new Option<string?>("--otlp-endpoint")
{
    Description =
        "The base address of an OpenTelemetry collector, such as http://collector:4318: metrics are also pushed to it, by OTLP over HTTP. [env: OTLP_ENDPOINT]",
    DefaultValueFactory = _ => Environment.GetEnvironmentVariable("OTLP_ENDPOINT"),
};
otlpEndpoint.Validators.Add(result =>
{
    if (OtlpEndpoint.Validate(result.GetValueOrDefault<string?>()) is { } problem)
        result.AddError($"--otlp-endpoint: {problem}");
});
var port = new Option<int>("--port") { Description = "Where /healthz, /readyz and /metrics are served.", DefaultValueFactory = _ => 8080 };
var logLevel = new Option<LogLevel>("--log-level") { Description = "The least level that is logged.", DefaultValueFactory = _ => LogLevel.Information };
var logFormat = new Option<string>("--log-format") { Description = "json, a line per entry, or text.", DefaultValueFactory = _ => "json" };
logFormat.AcceptOnlyFromAmong("json", "text");

var command = new RootCommand("Keeps the nodes of a Kubernetes cluster patched: see PatchPolicy, PatchWindow, PatchRun NodePatch and ImageBaseline.")
{
    maxUnavailable, maxScans, agentImage, toolsImage, jobNamespace, otlpEndpoint, port, logLevel, logFormat,
};
command.SetAction((parsed, cancellationToken) =>
{
    var options = new OperatorOptions
    {
        Pod = $"{Environment.GetEnvironmentVariable("POD_NAMESPACE")}/{Environment.GetEnvironmentVariable("POD_NAME")}",
        Node = Environment.GetEnvironmentVariable("NODE_NAME"),
        JobNamespace = parsed.GetRequiredValue(jobNamespace),
        AgentImage = parsed.GetRequiredValue(agentImage),
        ToolsImage = parsed.GetRequiredValue(toolsImage),
        MaxUnavailable = parsed.GetRequiredValue(maxUnavailable),
        MaxScans = parsed.GetRequiredValue(maxScans),
        OtlpEndpoint = OtlpEndpoint.Parse(parsed.GetValue(otlpEndpoint)),
    };
    return OperatorHost.RunAsync(
        options,
        $"http://0.0.0.0:{parsed.GetRequiredValue(port)}",
        parsed.GetRequiredValue(logLevel),
        parsed.GetRequiredValue(logFormat),
        cancellationToken);
});
return await Commands.AddTo(command, TimeProvider.System, ClusterReading.ReadAsync).Parse(args).InvokeAsync();
