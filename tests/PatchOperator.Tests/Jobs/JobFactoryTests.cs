using System.Text.Json;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Engine.Facts;
using PatchOperator.Jobs;

namespace PatchOperator.Tests.Jobs;

public class JobFactoryTests
{
    [Fact]
    public void The_agent_is_on_its_node_whatever_keeps_other_pods_away()
    {
        var pod = Pod(Request());

        Assert.Equal("node-1", pod.NodeName);
        Assert.Equal((null, "Exists", null, null), Assert.Single(pod.Tolerations) is var all ? (all.Key, all.OperatorProperty, all.Effect, all.Value) : default);
        Assert.Equal(("Never", "system-node-critical", 30L), (pod.RestartPolicy, pod.PriorityClassName, pod.TerminationGracePeriodSeconds));
    }

    [Fact]
    public void The_agent_has_the_host_and_no_way_to_the_API_server()
    {
        var pod = Pod(Request());
        var agent = Assert.Single(pod.Containers);

        Assert.Equal((true, true), (pod.HostPID, pod.HostNetwork));
        Assert.Equal("/", Assert.Single(pod.Volumes).HostPath.Path);
        Assert.Equal(("/host", null), (Assert.Single(agent.VolumeMounts).MountPath, agent.VolumeMounts[0].ReadOnlyProperty));
        Assert.Equal((true, 0L), (agent.SecurityContext.Privileged, agent.SecurityContext.RunAsUser));
        Assert.Equal(("patch-agent", false, false), (pod.ServiceAccountName, pod.AutomountServiceAccountToken, pod.EnableServiceLinks));
        Assert.Equal(("agent:1", "IfNotPresent", "File"), (agent.Image, agent.ImagePullPolicy, agent.TerminationMessagePolicy));
        Assert.Equal(["/app/patch-agent", "run", "--host-root", "/host"], agent.Command);
    }

    [Theory]
    [InlineData(OperationStep.Scan, AgentStep.Scan)]
    [InlineData(OperationStep.Patch, AgentStep.Patch)]
    [InlineData(OperationStep.Reboot, AgentStep.Reboot)]
    [InlineData(OperationStep.Verify, AgentStep.Verify)]
    [InlineData(OperationStep.Rollback, AgentStep.Rollback)]
    public void The_agent_is_asked_for_what_the_request_says(OperationStep step, AgentStep expected)
    {
        var asked = Asked(Request() with
        {
            Step = step,
            Updates = [new NodeUpdate { Name = "openssl", Version = "3.0-1", Removes = ["oldapp"] }],
            RefreshPackageLists = false,
            SecuritySources = ["o=Vendor"],
            AllowNewPackages = false,
            AllowRemovals = true,
            KeepReplaced = true,
            Phasing = UpdatePhasing.Ignore,
            StagingBytesPerSecond = 5,
            RemoveOldKernels = true,
        });

        Assert.Equal((expected, "operation", false, 3600), (asked.Step, asked.Operation, asked.RefreshPackageLists, asked.TimeoutSeconds));
        Assert.Equal([new ApprovedUpdate("openssl", "3.0-1")], asked.Updates);
        Assert.Equal(["oldapp"], asked.Updates[0].Removes!);
        Assert.Equal(["o=Vendor"], asked.SecuritySources);
        Assert.Equal((false, true, true, true), (asked.AllowNewPackages, asked.AllowRemovals, asked.IgnorePhasing, asked.KeepReplaced));
        Assert.Equal((5, true), (asked.StagingBytesPerSecond, asked.RemoveOldKernels));
    }

    [Theory]
    [InlineData(OperationStep.Patch, true, false)]
    [InlineData(OperationStep.Reboot, true, false)]
    [InlineData(OperationStep.Rollback, true, false)]
    [InlineData(OperationStep.Verify, true, true)]
    public void What_verifies_a_node_is_noted_before_it_is_touched_and_looked_at_after_it(OperationStep step, bool units, bool commands)
    {
        var verify = new VerifySettings { Units = true, Commands = ["app"] };
        var asked = Asked(Request() with { Step = step, Verify = verify });

        Assert.Equal((units, commands), (asked.CheckUnits, asked.Commands is ["app"]));
        Assert.False(Asked(Request() with { Step = step, Verify = verify with { Units = false } }).CheckUnits);
        Assert.False(Asked(Request() with { Step = step }).CheckUnits);
    }

    [Theory]
    [InlineData(UpdateFreeze.Strict, FreezeMode.Strict)]
    [InlineData(UpdateFreeze.AtLeast, FreezeMode.AtLeast)]
    [InlineData(UpdateFreeze.None, FreezeMode.None)]
    public void The_agent_is_told_what_may_take_the_place_of_a_planned_version(UpdateFreeze freeze, FreezeMode expected) =>
        Assert.Equal(expected, Asked(Request() with { Freeze = freeze }).Freeze);

    [Theory]
    [InlineData(OperationStep.Reboot, "boot-1")]
    [InlineData(OperationStep.Patch, "boot-1")]
    [InlineData(OperationStep.Rollback, "boot-1")]
    [InlineData(OperationStep.Verify, null)]
    public void Of_what_changes_the_host_the_agent_is_told_which_boot_it_is_for(OperationStep step, string? told) =>
        Assert.Equal(told, Asked(Request() with { Step = step, BootId = "boot-1" }).BootId);

    [Fact]
    public void A_step_that_no_Job_does_has_none() =>
        Assert.Throws<InvalidOperationException>(() => Create(Request() with { Step = OperationStep.Drain }));

    /// <summary>The agent gives up first, and says why.</summary>
    [Fact]
    public void The_Job_is_given_a_little_longer_than_the_agent_and_one_attempt()
    {
        var job = Create(Request() with { Timeout = TimeSpan.FromMinutes(10) });

        Assert.Equal((720L, 0, 86400), (job.Spec.ActiveDeadlineSeconds, job.Spec.BackoffLimit, job.Spec.TtlSecondsAfterFinished));
    }

    [Fact]
    public void The_Job_and_its_pod_say_for_whom_they_work()
    {
        var job = Create(Request() with { Policy = "workers", Run = "run-1", BootId = "boot" });

        Assert.Equal(("job-1", "jobs"), (job.Metadata.Name, job.Metadata.NamespaceProperty));
        Assert.All([job.Metadata, job.Spec.Template.Metadata], metadata =>
        {
            Assert.Equal(
                [
                    (ApiGroup.ManagedByLabel, ApiGroup.ManagedBy), (ApiGroup.NodeLabel, "node-1"), (ApiGroup.PolicyLabel, "workers"), (ApiGroup.RunLabel, "run-1"),
                    (ApiGroup.StepLabel, "patch"),
                ],
                metadata.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).Select(label => (label.Key, label.Value)));
            Assert.Equal(("node-1", "boot"), (metadata.Annotations[JobAnnotations.Node], metadata.Annotations[JobAnnotations.BootId]));
        });
    }

    /// <summary>An API server refuses a label of more than 63 characters, and a node's name may have 253.</summary>
    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void A_name_that_is_too_long_for_a_label_is_none(int length, bool isLabel)
    {
        var name = new string('n', length);

        Assert.Equal(isLabel, Create(Request() with { Node = name }).Metadata.Labels.ContainsKey(ApiGroup.NodeLabel));
        Assert.Equal(name, Create(Request() with { Node = name }).Metadata.Annotations[JobAnnotations.Node]);
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        var job = Create(Request());

        Assert.Equal(
            [ApiGroup.ManagedByLabel, ApiGroup.NodeLabel, ApiGroup.StepLabel], job.Metadata.Labels.Keys.Order(StringComparer.Ordinal));
        Assert.Equal([JobAnnotations.Node], job.Metadata.Annotations.Keys);
        Assert.Null(job.Metadata.OwnerReferences);
    }

    [Fact]
    public void The_first_Job_of_a_turn_takes_the_others_along()
    {
        var owner = Assert.Single(Create(Request() with { Owner = ("first", "first-uid") }).Metadata.OwnerReferences);

        Assert.Equal(("batch/v1", "Job", "first", "first-uid"), (owner.ApiVersion, owner.Kind, owner.Name, owner.Uid));
    }

    private static JobRequest Request() =>
        new() { Name = "job-1", Node = "node-1", Step = OperationStep.Patch, Operation = "operation", Timeout = TimeSpan.FromHours(1) };

    private static V1Job Create(JobRequest request) => new JobFactory(OperatorBench.Options).Create(request);

    private static V1PodSpec Pod(JobRequest request) => Create(request).Spec.Template.Spec;

    private static AgentRequest Asked(JobRequest request)
    {
        var variable = Assert.Single(Pod(request).Containers[0].Env);
        Assert.Equal(AgentRequest.EnvironmentVariable, variable.Name);
        return JsonSerializer.Deserialize(variable.Value, ContractJson.Default.AgentRequest)!;
    }
}
