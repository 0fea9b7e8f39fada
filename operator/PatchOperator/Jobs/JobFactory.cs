using System.Text.Json;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Engine.Facts;

namespace PatchOperator.Jobs;

/// <summary>Builds the Job of a step: the agent, privileged, in the host's namespaces, with the host's root and without an API token.</summary>
internal sealed class JobFactory(OperatorOptions options)
{
    // The agent gives up first, and says why; the Job's own deadline is for an agent that cannot start.
    private static readonly TimeSpan StartAllowance = TimeSpan.FromMinutes(2);

    // Finished Jobs are deleted by decision; this is for those that nobody decides about any more.
    private static readonly TimeSpan TimeToLive = TimeSpan.FromDays(1);

    public V1Job Create(JobRequest request) => JobShell.Of(
        new V1ObjectMeta
        {
            Name = request.Name,
            NamespaceProperty = options.JobNamespace,
            Labels = Labels(request),
            Annotations = Annotations(request),
            OwnerReferences = request.Owner is { } owner ? [JobShell.Owner(owner)] : null,
        },
        request.Timeout + StartAllowance,
        TimeToLive,
        Pod(request));

    private static Dictionary<string, string> Labels(JobRequest request)
    {
        var labels = new Dictionary<string, string>
        {
            [ApiGroup.ManagedByLabel] = ApiGroup.ManagedBy,
            [ApiGroup.StepLabel] = request.Step.ToString().ToLowerInvariant(),
        };
        if (request.Node.Length <= ApiGroup.MaxLabelLength)
            labels[ApiGroup.NodeLabel] = request.Node;
        if (request.Run is { } run)
            labels[ApiGroup.RunLabel] = run;
        if (request.Policy is { } policy)
            labels[ApiGroup.PolicyLabel] = policy;
        return labels;
    }

    private static Dictionary<string, string> Annotations(JobRequest request)
    {
        var annotations = new Dictionary<string, string> { [JobAnnotations.Node] = request.Node };
        if (request.BootId is { } bootId)
            annotations[JobAnnotations.BootId] = bootId;
        return annotations;
    }

    // Bound to the node by name: a cordon or a taint must not keep the agent away, and the scheduler has nothing to choose.
    private V1PodSpec Pod(JobRequest request) => new()
    {
        NodeName = request.Node,
        Tolerations = [new V1Toleration { OperatorProperty = "Exists" }],
        RestartPolicy = "Never",
        HostPID = true,
        HostNetwork = true,
        ServiceAccountName = "patch-agent",
        AutomountServiceAccountToken = false,
        EnableServiceLinks = false,
        PriorityClassName = "system-node-critical",
        TerminationGracePeriodSeconds = 30,
        Containers =
        [
            new V1Container
            {
                Name = "agent",
                Image = options.AgentImage,
                ImagePullPolicy = "IfNotPresent",
                Command = ["/app/patch-agent", "run", "--host-root", "/host"],
                Env =
                [
                    new V1EnvVar
                    {
                        Name = AgentRequest.EnvironmentVariable,
                        Value = JsonSerializer.Serialize(Request(request), ContractJson.Default.AgentRequest),
                    },
                ],
                SecurityContext = new V1SecurityContext { Privileged = true, RunAsUser = 0, RunAsNonRoot = false },
                Resources = new V1ResourceRequirements
                {
                    Requests = new Dictionary<string, ResourceQuantity> { ["cpu"] = new("20m"), ["memory"] = new("64Mi") },
                },
                TerminationMessagePolicy = "File",
                VolumeMounts = [new V1VolumeMount { Name = "host", MountPath = "/host" }],
            },
        ],
        Volumes = [new V1Volume { Name = "host", HostPath = new V1HostPathVolumeSource { Path = "/" } }],
    };

    private static AgentRequest Request(JobRequest request) => new()
    {
        Step = request.Step switch
        {
            OperationStep.Scan => AgentStep.Scan,
            OperationStep.Stage => AgentStep.Stage,
            OperationStep.Patch => AgentStep.Patch,
            OperationStep.Reboot => AgentStep.Reboot,
            OperationStep.Verify => AgentStep.Verify,
            OperationStep.Rollback => AgentStep.Rollback,
            var step => throw new InvalidOperationException($"no Job does the step {step}"),
        },
        Operation = request.Operation,
        BootId = request.Step is OperationStep.Patch or OperationStep.Reboot or OperationStep.Rollback ? request.BootId : null,
        Updates = [.. request.Updates.Select(update => new ApprovedUpdate(update.Name, update.Version) { Removes = update.Removes })],
        RefreshPackageLists = request.RefreshPackageLists,
        Freeze = request.Freeze switch
        {
            UpdateFreeze.Strict => FreezeMode.Strict,
            UpdateFreeze.AtLeast => FreezeMode.AtLeast,
            UpdateFreeze.None => FreezeMode.None,
            var freeze => throw new InvalidOperationException($"no agent knows the freeze {freeze}"),
        },
        SecuritySources = request.SecuritySources,
        StagingBytesPerSecond = request.StagingBytesPerSecond,
        RemoveOldKernels = request.RemoveOldKernels,
        KeepReplaced = request.KeepReplaced,
        RebootFollows = request.RebootFollows,
        Restarts = request.Restarts,
        CheckUnits = request.Verify is { Units: true },
        Commands = request is { Step: OperationStep.Verify, Verify.Commands: var commands } ? commands : [],
        AllowNewPackages = request.AllowNewPackages,
        AllowRemovals = request.AllowRemovals,
        IgnorePhasing = request.Phasing == UpdatePhasing.Ignore,
        TimeoutSeconds = (int)request.Timeout.TotalSeconds,
    };
}
