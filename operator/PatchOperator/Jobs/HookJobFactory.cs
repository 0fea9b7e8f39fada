using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Jobs;

/// <summary>
/// Builds the Job of a hook, or of a health check: the policy's container, without any privilege, in the namespace of the Jobs, and with an API token only
/// where the policy names a ServiceAccount.
/// </summary>
internal sealed class HookJobFactory(OperatorOptions options)
{
    /// <summary>The value of the step label of a hook's Job.</summary>
    public const string HookStep = "hook";

    /// <summary>The same of a health check's.</summary>
    public const string CheckStep = "check";

    private static readonly TimeSpan TimeToLive = TimeSpan.FromDays(1);

    public V1Job Create(HookJobRequest request) => JobShell.Of(
        new V1ObjectMeta
        {
            Name = request.Name,
            NamespaceProperty = options.JobNamespace,
            Labels = Labels(request),
            Annotations = Annotations(request),
            OwnerReferences = Owner(request) is { } owner ? [owner] : null,
        },
        Durations.Parse(request.Template.Timeout),
        TimeToLive,
        Pod(request));

    private static V1OwnerReference? Owner(HookJobRequest request) => request switch
    {
        { RunUid: { } uid } => new() { ApiVersion = ApiGroup.GroupVersion, Kind = PatchRun.KindName, Name = request.Run, Uid = uid },
        { Owner: { } first } => JobShell.Owner(first),
        _ => null,
    };

    private static Dictionary<string, string> Labels(HookJobRequest request)
    {
        var labels = new Dictionary<string, string>
        {
            [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy,
            [ApiGroup.StepLabel] = request.IsCheck ? CheckStep : HookStep,
            [ApiGroup.HookLabel] = request.Hook,
            [ApiGroup.RunLabel] = request.Run,
        };
        if (request.Node is { Length: <= ApiGroup.MaxLabelLength } node)
            labels[ApiGroup.NodeLabel] = node;
        if (request.Policy is { } policy)
            labels[ApiGroup.PolicyLabel] = policy;
        return labels;
    }

    private static Dictionary<string, string>? Annotations(HookJobRequest request) =>
        request.Node is { } node ? new Dictionary<string, string> { [JobAnnotations.Node] = node } : null;

    // Where the scheduler likes, but rather not on the node that is patched. That is cordoned for a while, and where there is no other the hook must run all
    // the same.
    private static V1PodSpec Pod(HookJobRequest request) => new()
    {
        NodeSelector = new Dictionary<string, string> { ["kubernetes.io/os"] = "linux" },
        // A longer name is no value of a label, and newer API servers refuse it there.
        Affinity = request.Node is { Length: <= ApiGroup.MaxLabelLength } node ? RatherNotOn(node) : null,
        Tolerations = request.Node is null
            ? null
            : [new V1Toleration { Key = "node.kubernetes.io/unschedulable", OperatorProperty = "Exists", Effect = "NoSchedule" }],
        RestartPolicy = "Never",
        ServiceAccountName = request.Template.ServiceAccountName ?? "patch-agent",
        AutomountServiceAccountToken = request.Template.ServiceAccountName is not null,
        EnableServiceLinks = false,
        TerminationGracePeriodSeconds = 10,
        Containers = [Container(request)],
    };

    private static V1Container Container(HookJobRequest request) => new()
    {
        Name = "hook",
        Image = request.Template.Image,
        ImagePullPolicy = "IfNotPresent",
        Command = request.Template.Command.Count > 0 ? request.Template.Command : null,
        Args = request.Template.Args.Count > 0 ? request.Template.Args : null,
        Env = [.. Environment(request).Select(variable => new V1EnvVar { Name = variable.Name, Value = variable.Value })],
        Resources = new V1ResourceRequirements
        {
            Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("20m"), ["memory"] = new("32Mi") },
        },
        SecurityContext = new V1SecurityContext
        {
            Privileged = false,
            AllowPrivilegeEscalation = false,
            Capabilities = new V1Capabilities { Drop = ["ALL"] },
            SeccompProfile = new V1SeccompProfile { Type = "RuntimeDefault" },
        },
        // What it said last is then with its exit code, in the pod.
        TerminationMessagePolicy = "FallbackToLogsOnError",
    };

    private static IEnumerable<(string Name, string? Value)> Environment(HookJobRequest request) =>
    [
        .. request.Template.Env.Select(variable => (variable.Name, variable.Value)),
        .. new (string Name, string? Value)[]
        {
            (request.IsCheck ? "PATCH_CHECK" : "PATCH_HOOK", request.Hook),
            ("PATCH_POLICY", request.Policy),
            ("PATCH_RUN", request.Run),
            ("PATCH_NODE", request.Node),
            ("PATCH_WAVE", request.Wave),
        }.Where(variable => variable.Value is not null),
    ];

    private static V1Affinity RatherNotOn(string node) => new()
    {
        NodeAffinity = new V1NodeAffinity
        {
            PreferredDuringSchedulingIgnoredDuringExecution =
            [
                new V1PreferredSchedulingTerm
                {
                    Weight = 100,
                    Preference = new V1NodeSelectorTerm
                    {
                        MatchExpressions = [new V1NodeSelectorRequirement { Key = "kubernetes.io/hostname", OperatorProperty = "NotIn", Values = [node] }],
                    },
                },
            ],
        },
    };
}
