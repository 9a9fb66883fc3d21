package main

import (
	"regexp"
	"strings"

	envoypolicy "github.com/cilium/cilium/pkg/envoy/policy"
	"github.com/cilium/cilium/pkg/fqdn/dns"
	"github.com/cilium/cilium/pkg/policy"
	"github.com/cilium/cilium/pkg/policy/api"
	"github.com/cilium/cilium/pkg/policy/trafficdirection"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	matcher "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

// What the agent makes of rules of HTTP for Envoy. Secrets, which headers may be compared with, are none of the tests'.
var translator = envoypolicy.NewEnvoyL7RulesTranslator(quiet, nil)

// passes tells what the proxies say of a lookup or request. Any rule that selects the peer at this port may allow it.
func passes(distilled *policy.EndpointPolicy, key policy.Key, asked question) (bool, error) {
	for filter := range distilled.SelectorPolicy.RedirectFilters() {
		if !covers(filter, key, asked.To) {
			continue
		}
		for selector, rules := range filter.PerSelectorPolicies {
			if !selector.Selects(key.Identity) {
				continue
			}
			passes, err := rulesPass(rules, asked)
			if passes || err != nil {
				return passes, err
			}
		}
	}
	return false, nil
}

func covers(filter *policy.L4Filter, key policy.Key, to endpoint) bool {
	if filter.Ingress != (key.TrafficDirection() == trafficdirection.Ingress) || filter.U8Proto != key.Nexthdr {
		return false
	}
	first, last := filter.Port, max(filter.Port, filter.EndPort)
	if first == 0 && filter.PortName == "" {
		return true
	}
	if filter.PortName != "" {
		ports, _ := mapOf(to.Ports)
		first, _ = ports.GetNamedPort(filter.PortName, filter.U8Proto)
		last = first
	}
	return first <= key.DestPort && key.DestPort <= last
}

func rulesPass(rules *policy.PerSelectorPolicy, asked question) (bool, error) {
	if rules.IsAllowAll() {
		return true, nil
	}
	for _, rule := range rules.L7Rules.DNS {
		name := api.FQDNSelector(rule)
		pattern, err := name.ToRegex()
		if err != nil || pattern.MatchString(dns.FQDN(strings.ToLower(asked.Lookup))) {
			return err == nil, err
		}
	}
	http, _ := translator.GetEnvoyHTTPRules(&rules.L7Rules, "")
	for _, rule := range http.GetHttpRules() {
		if allMatch(rule.Headers, asked.Request) {
			return true, nil
		}
	}
	return false, nil
}

func allMatch(headers []*route.HeaderMatcher, request map[string]string) bool {
	for _, header := range headers {
		value, has := request[header.Name]
		if !has || !header.GetPresentMatch() && !matches(header.GetStringMatch(), value) {
			return false
		}
	}
	return true
}

// Envoy compares a regular expression with the whole text.
func matches(text *matcher.StringMatcher, value string) bool {
	if pattern := text.GetSafeRegex(); pattern != nil {
		return regexp.MustCompile("^(?:" + pattern.GetRegex() + ")$").MatchString(value)
	}
	return text.GetExact() == value
}
