using k8s.Models;
using PatchOperator.Resources;

namespace PatchOperator.Tests.Resources;

public class PodResourceTests
{
    [Fact]
    public void Of_a_whole_pod_is_kept_what_a_drain_looks_at()
    {
        var metadata = new V1ObjectMeta { Name = "web", Uid = "uid", DeletionTimestamp = OperatorBench.Noon.UtcDateTime };
        var pod = PodResource.Of(new V1Pod
        {
            Metadata = metadata,
            Spec = new V1PodSpec { NodeName = "node-1", NodeSelector = new Dictionary<string, string> { ["role"] = "worker" } },
            Status = new V1PodStatus { Phase = "Failed", Reason = "Evicted", Message = "no memory is left" },
        });

        Assert.Same(metadata, pod.Metadata);
        Assert.Equal(("node-1", "worker"), (pod.Spec!.NodeName, pod.Spec.NodeSelector!["role"]));
        Assert.Equal(("Failed", "Evicted", "no memory is left"), (pod.Status!.Phase, pod.Status.Reason, pod.Status.Message));
    }

    [Fact]
    public void A_pod_of_which_nothing_is_said_is_one_too()
    {
        var pod = PodResource.Of(new V1Pod { Metadata = new V1ObjectMeta { Name = "web" } });

        Assert.Equal((null, null, null), (pod.Spec!.NodeName, pod.Spec.NodeSelector, pod.Status!.Phase));
    }
}
