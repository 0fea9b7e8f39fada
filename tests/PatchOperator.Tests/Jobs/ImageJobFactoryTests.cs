using System.Text;
using System.Text.Json;
using k8s.Models;
using PatchOperator.Api;
using PatchOperator.Contract;
using PatchOperator.Contract.Images;
using PatchOperator.Engine.Facts;
using PatchOperator.Jobs;

namespace PatchOperator.Tests.Jobs;

public class ImageJobFactoryTests
{
    private const string Digest = "sha256:aaaa";

    private static readonly ImageBaselineSpec Spec = new()
    {
        Source = new ImageSource { Suite = "bookworm" },
        Output = new ImageOutput { Repository = "registry.example.com/golden" },
    };

    private static readonly ImageBaselineSpec WithSecrets = Spec with
    {
        Source = Spec.Source with { PullSecret = "pull" },
        Output = Spec.Output with { PushSecret = "push" },
    };

    [Theory]
    [InlineData(ImageJobKind.Build, "build tools:1, test tools:1, scan tools:1, report agent:1")]
    [InlineData(ImageJobKind.Scan, "pull agent:1, scan tools:1, report agent:1")]
    public void One_container_after_the_other_does_its_step(ImageJobKind kind, string containers)
    {
        var pod = Pod(Spec, kind);
        var all = All(pod);

        Assert.Equal(containers, string.Join(", ", all.Select(container => $"{container.Name} {container.Image}")));
        Assert.Equal("report", Assert.Single(pod.Containers).Name);
        Assert.All(all, container => Assert.Equal(["/app/patch-agent", "image", container.Name], container.Command));
    }

    /// <summary>What handles the image's content is root and knows no secret; what has the secret to push is nobody.</summary>
    [Theory]
    [InlineData(ImageJobKind.Build)]
    [InlineData(ImageJobKind.Scan)]
    public void Who_may_write_to_the_registry_has_no_rights_on_the_node(ImageJobKind kind)
    {
        foreach (var container in All(Pod(WithSecrets, kind)))
        {
            var rights = container.SecurityContext;
            var isNobody = container.Name is "pull" or "report";
            Assert.Equal(isNobody, container.VolumeMounts.Any(mount => mount.MountPath == Path.GetDirectoryName(ImageWorkspace.PushSecret)));
            if (isNobody)
                Assert.Equal(
                    (65532L, 65532L, true, false, true, "ALL", "RuntimeDefault", null),
                    (rights.RunAsUser, rights.RunAsGroup, rights.RunAsNonRoot, rights.AllowPrivilegeEscalation, rights.ReadOnlyRootFilesystem,
                        Assert.Single(rights.Capabilities.Drop), rights.SeccompProfile.Type, rights.Privileged));
            else
                Assert.Equal((true, 0L), (rights.Privileged, rights.RunAsUser));
        }
    }

    [Fact]
    public void Only_the_build_reads_the_source_and_secrets_are_mounted_to_be_read()
    {
        var pod = Pod(WithSecrets);

        Assert.Equal(
            ["build /workspace", "build /var/run/secrets/patchoperator.io/pull read-only", "test /workspace", "scan /workspace", "report /workspace",
                "report /var/run/secrets/patchoperator.io/push read-only"],
            All(pod).SelectMany(container => container.VolumeMounts.Select(mount =>
                $"{container.Name} {mount.MountPath}{(mount.ReadOnlyProperty == true ? " read-only" : "")}")));
        Assert.Equal(("pull", "push"), (Volume(pod, "pull-secret").Secret.SecretName, Volume(pod, "push-secret").Secret.SecretName));
        Assert.NotNull(Volume(pod, "workspace").EmptyDir);
        Assert.Equal(3, pod.Volumes.Count);
        Assert.Single(Pod(Spec).Volumes);
    }

    [Fact]
    public void An_image_in_a_volume_is_put_there_by_the_reporter_alone_and_its_files_are_the_reporters()
    {
        var pod = Pod(Spec with { Output = new ImageOutput { Format = ImageFormat.Tar, Volume = new ImageVolume { ClaimName = "images", Path = "golden" } } });

        var (container, mount) = All(pod).SelectMany(container => container.VolumeMounts, (container, mount) => (container.Name, mount))
            .Single(mounted => mounted.mount.Name == "output");
        Assert.Equal(("report", "/output", "golden", null), (container, mount.MountPath, mount.SubPath, mount.ReadOnlyProperty));
        Assert.Equal("images", Volume(pod, "output").PersistentVolumeClaim.ClaimName);
        Assert.Equal(65532L, pod.SecurityContext.FsGroup);
        Assert.Null(Pod(Spec).SecurityContext);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_custom_builder_runs_its_own_image_and_command_with_the_rights_that_the_spec_gives(bool privileged)
    {
        var builder = new ImageBuilder { Type = ImageBuilderType.Custom, Image = "example.com/builder:1", Command = ["/build"], Privileged = privileged };
        var pod = Pod(WithSecrets with { Builder = builder });

        var build = pod.InitContainers[0];
        Assert.Equal(("build", "example.com/builder:1", privileged), (build.Name, build.Image, build.SecurityContext.Privileged));
        Assert.Null(build.SecurityContext.RunAsUser);
        Assert.Equal(["/build"], build.Command);
        Assert.Equal("pull", Assert.Single(pod.ImagePullSecrets).Name);
        Assert.Equal("tools:1", pod.InitContainers[1].Image);
        Assert.Null(Pod(WithSecrets).ImagePullSecrets);
        Assert.Null(Pod(Spec with { Builder = builder with { Command = [] } }).InitContainers[0].Command);
    }

    [Theory]
    [InlineData(ImageJobKind.Build, 7200 + 300)]
    [InlineData(ImageJobKind.Scan, 600 + 300)]
    public void The_Job_has_the_time_of_its_kind_and_one_attempt(ImageJobKind kind, long seconds)
    {
        var job = Create(Spec with { Builder = new ImageBuilder { Timeout = "2h" }, Scan = new ScanSettings { Timeout = "10m" } }, Request(kind));

        Assert.Equal((seconds, 0, 21600), (job.Spec.ActiveDeadlineSeconds, job.Spec.BackoffLimit, job.Spec.TtlSecondsAfterFinished));
        Assert.Equal("Never", job.Spec.Template.Spec.RestartPolicy);
    }

    [Fact]
    public void The_Job_goes_with_its_baseline_has_no_way_to_the_API_server_and_runs_on_Linux()
    {
        var job = Create(Spec, Request(ImageJobKind.Scan));
        var pod = job.Spec.Template.Spec;

        var owner = Assert.Single(job.Metadata.OwnerReferences);
        Assert.Equal((ImageBaseline.KindName, "golden", "baseline-uid", true), (owner.Kind, owner.Name, owner.Uid, owner.Controller));
        Assert.Equal(("image-job", "jobs"), (job.Metadata.Name, job.Metadata.NamespaceProperty));
        Assert.All([job.Metadata, job.Spec.Template.Metadata], metadata => Assert.Equal(
            (ApiGroup.ManagedBy, "golden", "scan"),
            (metadata.Labels[ApiGroup.ManagedByLabel], metadata.Labels[ApiGroup.BaselineLabel], metadata.Labels[ApiGroup.StepLabel])));
        Assert.Equal((false, false, null, null), (pod.AutomountServiceAccountToken, pod.EnableServiceLinks, pod.HostPID, pod.HostNetwork));
        Assert.Equal("linux", pod.NodeSelector["kubernetes.io/os"]);
    }

    [Fact]
    public void Each_container_gets_the_whole_request()
    {
        var spec = Spec with
        {
            Source = new ImageSource { Suite = "bookworm", Mirrors = ["http://mirror.example.com"], Insecure = true },
            Recipe = new ImageRecipe
            {
                Packages = new ImagePackages { Install = ["curl"], Remove = ["nano"], Hold = ["linux-image-amd64"] },
                Updates = ImageUpdates.SecurityOnly,
                Scripts = [new ImageScript { Name = "motd", Run = "echo > /etc/motd" }],
            },
            Tests = [new ImageTest { Name = "boots", Command = ["true"], Timeout = "90s" }],
            Output = Spec.Output with { TagTemplate = "{time}" },
        };
        var job = Request(ImageJobKind.Build) with { Known = [("sha256:b", "v-b")], Superfluous = [("sha256:c", "v-c")] };

        var pod = Create(spec, job).Spec.Template.Spec;
        var asked = Asked(pod.Containers[0]);

        Assert.All(All(pod), container =>
        {
            Assert.Equal(Variable(pod.Containers[0], ImageRequest.EnvironmentVariable), Variable(container, ImageRequest.EnvironmentVariable));
            Assert.Equal("/workspace", Variable(container, "WORKSPACE"));
            Assert.Equal($"{asked.SourceDateEpoch}", Variable(container, "SOURCE_DATE_EPOCH"));
        });
        Assert.Equal(
            ("golden", ImageJobMode.Build, OperatorBench.Noon, ImageRequestBuilder.Mmdebstrap, "bookworm", true, ImageRequestUpdates.SecurityOnly),
            (asked.Baseline, asked.Mode, asked.StartedAt, asked.Builder, asked.Source.Suite, asked.Source.Insecure, asked.Recipe.Updates));
        Assert.Equal(["http://mirror.example.com"], asked.Source.Mirrors);
        Assert.Equal(("curl", "nano", "linux-image-amd64"), (asked.Recipe.Install.Single(), asked.Recipe.Remove.Single(), asked.Recipe.Hold.Single()));
        Assert.Equal(new ImageRequestScript("motd", "echo > /etc/motd"), asked.Recipe.Scripts.Single());
        Assert.Equal(("boots", "true", 90), (asked.Tests.Single().Name, asked.Tests.Single().Command.Single(), asked.Tests.Single().TimeoutSeconds));
        Assert.Equal((ImageRequestFormat.Oci, "registry.example.com/golden", "{time}"), (asked.Output.Format, asked.Output.Repository, asked.Output.TagTemplate));
        Assert.Equal((new KnownImage("sha256:b", "v-b"), new KnownImage("sha256:c", "v-c")), (asked.Known.Single(), asked.Superfluous.Single()));
    }

    [Theory]
    [InlineData(ImageBuilderType.Dnf, ImageRequestBuilder.Dnf)]
    [InlineData(ImageBuilderType.Zypper, ImageRequestBuilder.Zypper)]
    public void A_build_from_repositories_is_asked_for_them_and_may_mount(ImageBuilderType type, ImageRequestBuilder builder)
    {
        var repository = new ImageRepository { Id = "baseos", BaseUrl = "https://mirror.example.com/$basearch/", GpgCheck = false };
        var source = new ImageSource { Type = ImageSourceType.Repository, Repositories = [repository], GpgKeys = "keys" };

        var build = Create(Spec with { Source = source, Builder = new ImageBuilder { Type = type } }, Request(ImageJobKind.Build)).Spec.Template.Spec.InitContainers[0];

        var asked = Asked(build);
        Assert.Equal((builder, "keys"), (asked.Builder, asked.Source.GpgKeys));
        Assert.Equal(new ImageRequestRepository("baseos", "https://mirror.example.com/$basearch/", GpgCheck: false), Assert.Single(asked.Source.Repositories));
        Assert.True(build.SecurityContext.Privileged);
    }

    [Fact]
    public void A_scan_is_asked_for_its_image_and_for_what_the_runs_have_installed()
    {
        var run = new ExpectedOfRun("run-uid", "debian-12", "amd64", [new RunUpdate { Name = "openssl", Version = "3", Architecture = "amd64" }]);

        var asked = Asked(Create(Spec, Request(ImageJobKind.Scan) with { Expected = [run] }).Spec.Template.Spec.Containers[0]);

        Assert.Equal((ImageJobMode.Scan, Digest, "v-a"), (asked.Mode, asked.Digest, asked.Version));
        var expected = Assert.Single(asked.Expected);
        Assert.Equal(("run-uid", "debian-12", "amd64", new ApprovedUpdate("openssl", "3")), (expected.Run, expected.OsFamily, expected.Architecture, expected.Updates.Single()));
    }

    [Fact]
    public void Where_a_variable_cannot_hold_all_updates_those_of_older_runs_are_left_out()
    {
        ExpectedOfRun Run(int number, string system = "debian-12") =>
            new($"run-{number}", system, "amd64", [.. Enumerable.Range(1, 1000).Select(update => new RunUpdate { Name = $"package-{update}", Version = new string('1', 20) })]);

        var container = Create(Spec, Request(ImageJobKind.Scan) with { Expected = [Run(1), Run(2), Run(3), Run(4)] }).Spec.Template.Spec.Containers[0];

        Assert.InRange(Encoding.UTF8.GetByteCount(Variable(container, ImageRequest.EnvironmentVariable)), 1, ImageRequest.MaxBytes);
        var runs = Asked(container).Expected.Select(run => run.Run).ToList();
        Assert.InRange(runs.Count, 1, 3);
        Assert.Equal(Enumerable.Range(1, runs.Count).Select(number => $"run-{number}"), runs);
        // Half of a run would be taken for all of it, and the image for one that has it.
        ExpectedOfRun[] ofTwoSystems = [.. runs.Select((_, index) => Run(index + 1)), Run(runs.Count, "sles-15.6")];
        container = Create(Spec, Request(ImageJobKind.Scan) with { Expected = ofTwoSystems }).Spec.Template.Spec.Containers[0];
        Assert.Equal(runs.SkipLast(1), Asked(container).Expected.Select(run => run.Run));
        // What is too much by itself keeps nothing else out.
        ExpectedOfRun[] oneThatIsTooMuch = [.. Enumerable.Range(1, 4).Select(system => Run(1, $"system-{system}")), Run(2)];
        container = Create(Spec, Request(ImageJobKind.Scan) with { Expected = oneThatIsTooMuch }).Spec.Template.Spec.Containers[0];
        Assert.Equal("run-2", Assert.Single(Asked(container).Expected).Run);
    }

    private static ImageJobRequest Request(ImageJobKind kind) => new(
        new ImageJob { Name = "image-job", Kind = kind, Digest = kind == ImageJobKind.Scan ? Digest : null, StartedAt = OperatorBench.Noon },
        kind == ImageJobKind.Scan ? "v-a" : null, [], [], []);

    private static V1Job Create(ImageBaselineSpec spec, ImageJobRequest request) => new ImageJobFactory(OperatorBench.Options).Create(
        new ImageBaseline { Metadata = new V1ObjectMeta { Name = "golden", Uid = "baseline-uid" }, Spec = spec }, request);

    private static V1PodSpec Pod(ImageBaselineSpec spec, ImageJobKind kind = ImageJobKind.Build) => Create(spec, Request(kind)).Spec.Template.Spec;

    private static List<V1Container> All(V1PodSpec pod) => [.. pod.InitContainers, .. pod.Containers];

    private static V1Volume Volume(V1PodSpec pod, string name) => pod.Volumes.Single(volume => volume.Name == name);

    private static string Variable(V1Container container, string name) => container.Env.Single(variable => variable.Name == name).Value;

    private static ImageRequest Asked(V1Container container) =>
        JsonSerializer.Deserialize(Variable(container, ImageRequest.EnvironmentVariable), ContractJson.Default.ImageRequest)!;
}
