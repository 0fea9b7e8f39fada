using System.Text.RegularExpressions;
using PatchOperator.Api;
using static PatchOperator.Engine.Specs.SpecErrors;

namespace PatchOperator.Engine.Specs;

/// <summary>The rules of what a policy has run as a Job: hooks, and health checks of that kind.</summary>
internal static partial class JobTemplateValidation
{
    // What the operator says itself.
    private const string Ours = "PATCH_";

    public static IEnumerable<SpecError> Validate(HookSettings? hooks) =>
    [
        .. Validate(hooks?.BeforeRun, "spec.hooks.beforeRun"),
        .. Validate(hooks?.BeforeDrain, "spec.hooks.beforeDrain"),
        .. Validate(hooks?.AfterPatch, "spec.hooks.afterPatch"),
        .. Validate(hooks?.AfterUncordon, "spec.hooks.afterUncordon"),
        .. Validate(hooks?.AfterRun, "spec.hooks.afterRun"),
    ];

    /// <param name="template">What is run; null: nothing.</param>
    /// <param name="field">Where it stands.</param>
    public static IEnumerable<SpecError> Validate(JobTemplate? template, string field) => template is null
        ? []
        :
        [
            .. Error(
                $"{field}.image", Image().IsMatch(template.Image) ? null : $"'{template.Image}' is not the name of an image, such as curlimages/curl:8.10.1"),
            .. Error($"{field}.command", TooMany(template.Command.Count, Limits.HookWords)),
            .. Error($"{field}.args", TooMany(template.Args.Count, Limits.HookWords)),
            .. Error($"{field}.env", TooMany(template.Env.Count, Limits.HookWords)),
            .. template.Env.SelectMany((variable, index) => Error($"{field}.env[{index}].name", NameProblem(variable.Name))),
            .. Twice($"{field}.env", template.Env.Select(variable => variable.Name)),
            .. Error(
                $"{field}.serviceAccountName",
                template.ServiceAccountName is { } account && !Account().IsMatch(account) ? $"'{account}' is not the name of a ServiceAccount" : null),
            .. Positive($"{field}.timeout", template.Timeout, "5m"),
        ];

    private static string? NameProblem(string name) =>
        !Variable().IsMatch(name) ? $"'{name}' is not the name of a variable: letters, digits and underscores, and no digit first"
        : name.StartsWith(Ours, StringComparison.Ordinal) ? $"'{name}' begins with {Ours}, which is for what the operator says itself; choose another name"
        : null;

    [GeneratedRegex(@"\A[A-Za-z0-9][-A-Za-z0-9._/:@]*\z")]
    private static partial Regex Image();

    [GeneratedRegex(@"\A[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Variable();

    [GeneratedRegex(@"\A[a-z0-9]([-a-z0-9.]*[a-z0-9])?\z")]
    private static partial Regex Account();
}
