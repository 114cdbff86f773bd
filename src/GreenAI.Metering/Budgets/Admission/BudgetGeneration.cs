namespace GreenAI.Metering;

/// <summary>One policy in force, with the rules of each model and tenant. A decision belongs to one generation: two policies are never mixed.</summary>
internal sealed class BudgetGeneration
{
    private readonly object _making = new();
    private readonly AdmissionPath?[]?[] _paths;
    private readonly Dictionary<(string Rule, string Part), RuleBook> _books = [];
    private readonly WaiverBook _waivers;
    private readonly int _models;
    private BudgetBook[] _budgets = [];
    private KpiBook[] _kpis = [];
    private AdmissionPath[] _all = [];

    public BudgetGeneration(BudgetGate gate, BudgetPolicy policy, int models, int tenants)
    {
        Gate = gate;
        Policy = policy;
        Hash = policy.Hash;
        _waivers = new WaiverBook(policy.Waivers);
        _paths = new AdmissionPath?[tenants + 1][];
        _models = models;
        // Budgets that are nobody's in particular exist from the start, in the metrics and in the report too.
        lock (_making)
        {
            foreach (BudgetDefinition budget in policy.Budgets)
            {
                if (budget.Scope.Model != BudgetScope.Each && budget.Scope.Tenant != BudgetScope.Each) Book(budget, budget.Scope.Model, budget.Scope.Tenant);
            }

            foreach (KpiRule rule in policy.Kpis)
            {
                if (rule.Model is not null || KpiSubjects.IsOfHost(rule.Kpi)) Book(rule, rule.Model);
            }
        }
    }

    public BudgetGate Gate { get; }

    public BudgetPolicy Policy { get; }

    public string Hash { get; }

    public BudgetBook[] Budgets => Volatile.Read(ref _budgets);

    public KpiBook[] Kpis => Volatile.Read(ref _kpis);

    public AdmissionPath[] Paths => Volatile.Read(ref _all);

    /// <summary>The path of a model and a tenant (0: none; else its index plus 1). Allocates the first time.</summary>
    public AdmissionPath Path(int model, int tenant) =>
        Volatile.Read(ref _paths[tenant]) is { } paths && Volatile.Read(ref paths[model]) is { } path ? path : Make(model, tenant);

    private AdmissionPath Make(int model, int tenant)
    {
        lock (_making)
        {
            AdmissionPath?[] paths = _paths[tenant] ?? new AdmissionPath?[_models];
            if (paths[model] is { } made) return made;
            string name = Gate.ModelName(model);
            string? whom = tenant == 0 ? null : Gate.TenantName(tenant - 1);
            var rules = new List<RuleBook>();
            foreach (BudgetDefinition budget in Policy.Budgets)
            {
                if (Book(budget, name, whom) is { } book) rules.Add(book);
            }

            foreach (KpiRule rule in Policy.Kpis)
            {
                if (rule.Model is null || rule.Model == name) rules.Add(Book(rule, KpiSubjects.IsOfHost(rule.Kpi) ? null : name));
            }

            var path = new AdmissionPath(this, model, tenant, [.. rules]);
            Volatile.Write(ref paths[model], path);
            Volatile.Write(ref _paths[tenant], paths);
            Volatile.Write(ref _all, [.. _all, path]);
            return path;
        }
    }

    // Null: the budget is for others.
    private BudgetBook? Book(BudgetDefinition budget, string? model, string? tenant)
    {
        BudgetScope scope = budget.Scope;
        if (!Covers(scope.Model, model) || !Covers(scope.Tenant, tenant) || !Covers(scope.Service, Gate.Service) || !Covers(scope.Host, Gate.Host)) return null;
        var parts = new List<string>();
        if (scope.Model == BudgetScope.Each) parts.Add($"model={model}");
        if (scope.Tenant == BudgetScope.Each) parts.Add($"tenant={tenant}");
        if (scope.Service == BudgetScope.Each) parts.Add($"service={Gate.Service}");
        if (scope.Host == BudgetScope.Each) parts.Add($"host={Gate.Host}");
        string part = string.Join(',', parts);
        if (_books.TryGetValue((budget.Id, part), out RuleBook? known)) return (BudgetBook)known;
        var subject = new WaiverSubject(scope.Model is null ? null : model, scope.Tenant is null ? null : tenant, Gate.Service, Gate.Host);
        LeasedAccount? account = budget.Kind is BudgetKind.Emissions or BudgetKind.Energy ? Gate.Account(budget, part, Policy.EffectiveFrom) : null;
        var book = new BudgetBook(Gate, budget, subject, part, account, _waivers, Policy.EffectiveFrom, Hash);
        _books[(budget.Id, part)] = book;
        Volatile.Write(ref _budgets, [.. _budgets, book]);
        return book;
    }

    private KpiBook Book(KpiRule rule, string? model)
    {
        string part = model ?? "";
        if (_books.TryGetValue((rule.Id, part), out RuleBook? known)) return (KpiBook)known;
        var book = new KpiBook(Gate, rule, model, _waivers, Hash);
        _books[(rule.Id, part)] = book;
        Volatile.Write(ref _kpis, [.. _kpis, book]);
        return book;
    }

    private static bool Covers(string? scope, string? name) => scope is null || (name is not null && (scope == BudgetScope.Each || scope == name));
}
