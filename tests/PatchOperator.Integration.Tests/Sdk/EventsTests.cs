using k8s;
using k8s.Models;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Events;
using KubeOps.KubernetesClient;
using KubeOps.Operator;
using Microsoft.Extensions.DependencyInjection;
using PatchOperator.Connecting;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>What is told about an object, as people find it.</summary>
public sealed class EventsTests(ApiServerFixture api) : IClassFixture<ApiServerFixture>, IAsyncLifetime
{
    private readonly ServiceCollection services = new();
    private ServiceProvider? provider;
    private Widget widget = new();

    private ServiceProvider Provider => provider ??= services.BuildServiceProvider();

    public async Task InitializeAsync()
    {
        services.AddLogging();
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(api.Configuration());
        services.AddSingleton<IKubernetes>(new HardenedKubernetes(api.Configuration(), TimeProvider.System));
        services.AddKubernetesOperator(settings => settings.WithName("widgets"));
        await Widget.InstallAsync(api.Kubernetes);
        var ns = await api.CreateNamespaceAsync("events");
        widget = await Provider.GetRequiredService<IKubernetesClient>().CreateAsync(Widget.Named("a", ns));
    }

    public async Task DisposeAsync() => await Provider.DisposeAsync();

    [Fact]
    public async Task The_same_event_twice_is_one_event_with_a_count()
    {
        await SayAsync("Why", "because", EventType.Warning);
        await SayAsync("Why", "because", EventType.Warning);
        await SayAsync("Else", "just so");

        var events = await EventsAsync();
        Assert.Equal(2, events.Count);
        var counted = events.Single(item => item.Reason == "Why");
        Assert.Equal((2, "Warning", "because"), (counted.Count, counted.Type, counted.Message));
        Assert.Equal(widget.Uid(), counted.InvolvedObject.Uid);
        Assert.Equal("widgets", counted.Source.Component);
    }

    [Fact]
    public async Task The_same_event_said_by_many_at_once_is_one_event()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SayAsync("Why", "because")));

        Assert.InRange(Assert.Single(await EventsAsync()).Count!.Value, 1, 3);
    }

    [Fact]
    public async Task An_event_that_cannot_be_written_is_let_go()
    {
        await SayAsync("Why", "because", about: Widget.Named("a", "no-such-namespace"));

        Assert.Empty(await EventsAsync());
    }

    private Task SayAsync(string reason, string message, EventType type = EventType.Normal, Widget? about = null) =>
        Provider.GetRequiredService<EventPublisher>()(about ?? widget, reason, message, type);

    private async Task<IList<Corev1Event>> EventsAsync() => (await api.Kubernetes.CoreV1.ListNamespacedEventAsync(widget.Namespace())).Items;
}
