using KubeOps.Abstractions.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace KubeOps.Operator;

/// <summary>Adds an operator to a program.</summary>
public static class ServiceCollectionExtensions
{
    /// <summary>
    /// Adds the client, events and, where it is asked for, the election. What is already registered is left as it is. The program brings the configuration,
    /// the connection, the clock and the elector: the package has defaults for these.
    /// </summary>
    public static IOperatorBuilder AddKubernetesOperator(
        this IServiceCollection services, Action<OperatorSettingsBuilder>? configure = null)
    {
        var settings = new OperatorSettingsBuilder();
        configure?.Invoke(settings);
        return new OperatorBuilder(services, settings.Build());
    }
}
