using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Engine.Facts;
using PatchOperator.Jobs;

namespace PatchOperator.Tests.Jobs;

public class HookJobFactoryTests
{
    [Fact]
    public void A_hook_has_no_privilege_and_no_way_to_the_API_server()
    {
        var pod = Create(Request()).Spec.Template.Spec;
        var container = Assert.Single(pod.Containers);

        Assert.Equal((null, null, null), (pod.HostPID, pod.HostNetwork, pod.Volumes));
        Assert.Equal(("patch-agent", false, false), (pod.ServiceAccountName, pod.AutomountServiceAccountToken, pod.EnableServiceLinks));
        Assert.Equal((false, false), (container.SecurityContext.Privileged, container.SecurityContext.AllowPrivilegeEscalation));
        Assert.Equal(("ALL", "RuntimeDefault"), (container.SecurityContext.Capabilities.Drop.Single(), container.SecurityContext.SeccompProfile.Type));
    }

    [Fact]
    public void A_hook_has_the_token_of_the_ServiceAccount_that_the_policy_names()
    {
        var pod = Create(Request(hook => hook with { ServiceAccountName = "tickets" })).Spec.Template.Spec;

        Assert.Equal(("tickets", true), (pod.ServiceAccountName, pod.AutomountServiceAccountToken));
    }

    [Fact]
    public void It_is_run_as_the_policy_says_and_told_what_it_is_for()
    {
        var job = Create(Request(hook => hook with { Command = ["sh"], Args = ["-c", "true"], Env = [new EnvironmentVariable { Name = "TEAM", Value = "shop" }], Timeout = "30s" }));
        var container = job.Spec.Template.Spec.Containers[0];

        Assert.Equal(["sh", "|", "-c", "true"], [.. container.Command, "|", .. container.Args]);
        Assert.Equal(
            [("TEAM", "shop"), ("PATCH_HOOK", "beforeDrain"), ("PATCH_POLICY", "workers"), ("PATCH_RUN", "workers-1"), ("PATCH_NODE", "node-1"), ("PATCH_WAVE", "canary")],
            container.Env.Select(variable => (variable.Name, variable.Value)));
        Assert.Equal((0, 30L, "Never"), (job.Spec.BackoffLimit, job.Spec.ActiveDeadlineSeconds, job.Spec.Template.Spec.RestartPolicy));
        Assert.Equal("FallbackToLogsOnError", container.TerminationMessagePolicy);
        Assert.Null(Create(Request()).Spec.Template.Spec.Containers[0].Command);
    }

    [Fact]
    public void The_hook_of_a_node_runs_elsewhere_where_it_can_and_on_a_cordoned_node_where_it_must()
    {
        var pod = Create(Request()).Spec.Template.Spec;
        var rule = pod.Affinity.NodeAffinity.PreferredDuringSchedulingIgnoredDuringExecution.Single().Preference.MatchExpressions.Single();

        Assert.Equal(("kubernetes.io/hostname", "NotIn", "node-1"), (rule.Key, rule.OperatorProperty, rule.Values.Single()));
        Assert.Equal("node.kubernetes.io/unschedulable", Assert.Single(pod.Tolerations).Key);
    }

    /// <summary>Neither as a label of the Job, nor where a pod says what label of nodes it would rather not have.</summary>
    [Theory]
    [InlineData(63, true)]
    [InlineData(64, false)]
    public void The_name_of_a_node_that_is_too_long_for_a_label_is_none(int length, bool isLabel)
    {
        var job = Create(Request() with { Node = new string('n', length) });

        Assert.Equal((isLabel, isLabel), (job.Metadata.Labels.ContainsKey(ApiGroup.NodeLabel), job.Spec.Template.Spec.Affinity is not null));
        Assert.Equal(length, job.Metadata.Annotations[JobAnnotations.Node].Length);
    }

    [Fact]
    public void A_check_belongs_to_its_run_which_takes_it_along()
    {
        var job = Create(Request() with { Hook = "api", IsCheck = true, Node = null, Wave = null, Owner = null, RunUid = "run-uid" });
        var owner = Assert.Single(job.Metadata.OwnerReferences);

        Assert.Equal((ApiGroup.GroupVersion, "PatchRun", "workers-1", "run-uid"), (owner.ApiVersion, owner.Kind, owner.Name, owner.Uid));
        Assert.Equal(("check", "api", "workers-1"), (job.Metadata.Labels[ApiGroup.StepLabel], job.Metadata.Labels[ApiGroup.HookLabel], job.Metadata.Labels[ApiGroup.RunLabel]));
        Assert.Equal(("PATCH_CHECK", "api"), (job.Spec.Template.Spec.Containers[0].Env[0].Name, job.Spec.Template.Spec.Containers[0].Env[0].Value));
        Assert.Null(job.Spec.Template.Spec.Affinity);
    }

    [Fact]
    public void The_first_Job_of_a_turn_takes_a_hook_along()
    {
        var job = Create(Request());

        Assert.Equal(("Job", "first"), (job.Metadata.OwnerReferences.Single().Kind, job.Metadata.OwnerReferences.Single().Name));
        Assert.Equal(("hook", "beforeDrain"), (job.Metadata.Labels[ApiGroup.StepLabel], job.Metadata.Labels[ApiGroup.HookLabel]));
        Assert.Equal("node-1", job.Metadata.Annotations[JobAnnotations.Node]);
    }

    private static HookJobRequest Request(Func<JobTemplate, JobTemplate>? change = null)
    {
        var template = new JobTemplate { Image = "curl" };
        return new HookJobRequest
        {
            Name = "job",
            Hook = "beforeDrain",
            Template = change?.Invoke(template) ?? template,
            Run = "workers-1",
            Policy = "workers",
            Node = "node-1",
            Wave = "canary",
            Owner = ("first", "uid"),
        };
    }

    private static V1Job Create(HookJobRequest request) => new HookJobFactory(OperatorBench.Options).Create(request);
}
