using System.Text.RegularExpressions;
using PatchOperator.Api;
using static PatchOperator.Engine.Specs.SpecErrors;

namespace PatchOperator.Engine.Specs;

/// <summary>The rules of a policy's health checks.</summary>
internal static partial class HealthCheckValidation
{
    private const string Field = "spec.healthChecks";

    public static IEnumerable<SpecError> Validate(IReadOnlyList<HealthCheck> checks) =>
    [
        .. checks.SelectMany(Validate),
        .. Twice(Field, checks.Select(check => check.Name)),
    ];

    private static IEnumerable<SpecError> Validate(HealthCheck check, int index)
    {
        var field = $"{Field}[{index}]";
        return
        [
            .. Error($"{field}.name", NameProblem(check.Name)),
            .. Error(
                field,
                new object?[] { check.Prometheus, check.Alerts, check.Object, check.Job }.Count(kind => kind is not null) == 1
                    ? null
                    : "must have exactly one of prometheus, alerts, object and job"),
            .. check.Prometheus is { } prometheus ? Validate(prometheus, $"{field}.prometheus") : [],
            .. check.Alerts is { } alerts ? Validate(alerts, $"{field}.alerts") : [],
            .. check.Object is { } @object ? Validate(@object, $"{field}.object") : [],
            .. JobTemplateValidation.Validate(check.Job, $"{field}.job"),
            .. Error($"{field}.during", check.During.Count == 0 ? "must have BeforeWave, BeforeNode or Soak" : null),
            .. Error($"{field}.for", Durations.TryParse(check.For, out _) ? null : $"'{check.For}' is not a duration such as 2m or 0s"),
        ];
    }

    private static IEnumerable<SpecError> Validate(PrometheusCheck check, string field) =>
    [
        .. Error($"{field}.url", UrlProblem(check.Url)),
        .. Error(
            $"{field}.query",
            check.Query.Length == 0 ? "must be given"
            : BoolComparison().IsMatch(check.Query) ? "must compare without bool: the check passes while the query has samples, and with bool it always has"
            : null),
    ];

    private static IEnumerable<SpecError> Validate(AlertsCheck check, string field) =>
    [
        .. Error($"{field}.url", UrlProblem(check.Url)),
        .. Error($"{field}.matching", ExpressionProblem(check.Matching)),
        .. Error($"{field}.ignoring", ExpressionProblem(check.Ignoring)),
    ];

    private static IEnumerable<SpecError> Validate(ObjectCheck check, string field) =>
    [
        .. Error(
            $"{field}.apiVersion", ApiVersion().IsMatch(check.ApiVersion) ? null : $"'{check.ApiVersion}' is not a group and version such as apps/v1, or v1"),
        .. Error($"{field}.kind", Kind().IsMatch(check.Kind) ? null : $"'{check.Kind}' is not a kind such as Deployment"),
        .. Error($"{field}.name", check.Name.Length > 0 ? null : "must be given"),
        .. Error($"{field}.condition", check.Condition.Length > 0 ? null : "must be given, such as Available"),
    ];

    private static string? UrlProblem(string url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var parsed) && parsed is { Scheme: "http" or "https", Query: "", Fragment: "", UserInfo: "" }
            ? null
            : $"'{url}' is not the address of a Prometheus, such as http://prometheus.monitoring.svc:9090";

    private static string? ExpressionProblem(string? expression)
    {
        try
        {
            _ = new Regex(expression ?? "", RegexOptions.NonBacktracking);
            return null;
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return $"'{expression}' is not a regular expression: {exception.Message}";
        }
    }

    [GeneratedRegex(@"(==|!=|<=|>=|<|>)\s*bool\b")]
    private static partial Regex BoolComparison();

    [GeneratedRegex(@"\A([a-z0-9]([-a-z0-9.]*[a-z0-9])?/)?v[0-9][a-z0-9]*\z")]
    private static partial Regex ApiVersion();

    [GeneratedRegex(@"\A[A-Z][A-Za-z0-9]*\z")]
    private static partial Regex Kind();
}
