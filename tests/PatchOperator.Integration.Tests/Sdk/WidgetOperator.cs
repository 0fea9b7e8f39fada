using k8s;
using KubeOps.Abstractions.Builder;
using KubeOps.Abstractions.Reconciliation;
using KubeOps.Abstractions.Reconciliation.Controller;
using KubeOps.Abstractions.Reconciliation.Finalizer;
using KubeOps.Abstractions.Reconciliation.Queue;
using KubeOps.KubernetesClient;
using KubeOps.Operator;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace PatchOperator.Integration.Tests.Sdk;

/// <summary>An operator of widgets in one namespace, whose controller does what a test says.</summary>
internal sealed class WidgetOperator : IAsyncDisposable
{
    private readonly IHost host;

    private WidgetOperator(IHost host) => this.host = host;

    internal IKubernetesClient Client => host.Services.GetRequiredService<IKubernetesClient>();

    internal T Service<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>Starts it; <paramref name="configure"/> may change its settings, <paramref name="finalizer"/> adds one.</summary>
    internal static async Task<WidgetOperator> StartAsync(
        KubernetesClientConfiguration configuration,
        string ns,
        IScript script,
        Action<OperatorSettingsBuilder>? configure = null,
        bool finalizer = false)
    {
        configuration.Namespace = ns;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(configuration);
        builder.Services.AddSingleton(script);
        var operatorBuilder = builder.Services.AddKubernetesOperator(settings =>
        {
            settings.WithName("widgets").WithNamespace(ns).WithParallelReconciliation(parallel => parallel
                .WithErrorBackoffBase(TimeSpan.FromMilliseconds(20)).WithMaxErrorRetries(20).WithMaxParallelReconciliations(4));
            configure?.Invoke(settings);
        });
        operatorBuilder.AddController<Controller, Widget>();
        if (finalizer)
            operatorBuilder.AddFinalizer<WidgetFinalizer, Widget>("sdk.test.patchop.dev/widgetfinalizer");
        var host = builder.Build();
        await host.StartAsync();
        return new WidgetOperator(host);
    }

    /// <summary>Asks for a widget by its name alone, as a cache of other objects would.</summary>
    internal Task<bool> EnqueueAsync(Widget widget, TimeSpan delay) => Service<EntityQueue<Widget>>()(
        widget, ReconciliationType.Modified, ReconciliationTriggerSource.Operator, delay, retryCount: 0, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    /// <summary>What controller and finalizer do.</summary>
    internal interface IScript
    {
        Task<ReconciliationResult<Widget>> ReconcileAsync(Widget widget, CancellationToken cancellationToken);

        Task<ReconciliationResult<Widget>> FinalizeAsync(Widget widget, CancellationToken cancellationToken) =>
            Task.FromResult(ReconciliationResult<Widget>.Success(widget));

        void Deleted(Widget widget)
        {
        }
    }

    internal sealed class Controller(IScript script) : IEntityController<Widget>
    {
        public Task<ReconciliationResult<Widget>> ReconcileAsync(Widget entity, CancellationToken cancellationToken) =>
            script.ReconcileAsync(entity, cancellationToken);

        public Task<ReconciliationResult<Widget>> DeletedAsync(Widget entity, CancellationToken cancellationToken)
        {
            script.Deleted(entity);
            return Task.FromResult(ReconciliationResult<Widget>.Success(entity));
        }
    }

    internal sealed class WidgetFinalizer(IScript script) : IEntityFinalizer<Widget>
    {
        public Task<ReconciliationResult<Widget>> FinalizeAsync(Widget entity, CancellationToken cancellationToken) =>
            script.FinalizeAsync(entity, cancellationToken);
    }
}
