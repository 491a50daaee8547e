// 地图: villages, or households with those who stand beside them, drawn from our own GeoJSON without any tiles.
"use strict";

(() => {
  const place = document.getElementById("map");
  const said = document.getElementById("map-said");
  if (!place || !window.L) return;

  const map = L.map(place, { attributionControl: false, zoomControl: false, keyboard: false, zoomSnap: 0.25 });
  L.control.zoom({ zoomInTitle: place.dataset.in, zoomOutTitle: place.dataset.out }).addTo(map);
  map.setView([28, 104], 8);
  const ties = L.layerGroup().addTo(map);
  const helpers = new Map();
  const spots = [];

  const say = (feature) => {
    const link = document.createElement("a");
    link.href = feature.properties.address;
    link.textContent = place.dataset.open;
    said.replaceChildren(`${feature.properties.label} `, link);
  };

  const choose = (spot) => {
    const { feature, layer } = spot;
    ties.clearLayers();
    for (const id of feature.properties.helpers ?? []) {
      const helper = helpers.get(id);
      if (helper) L.polyline([layer.getLatLng(), helper.getLatLng()], { className: "tie", interactive: false }).addTo(ties);
    }
    say(feature);
  };

  const radius = (properties) => {
    if (properties.kind === "village") return 5 + Math.min(20, Math.sqrt(properties.households));
    return properties.kind === "helper" ? 4 + Math.min(8, properties.free) : 6;
  };

  const draw = (feature) => {
    const { properties, geometry } = feature;
    const [lon, lat] = geometry.coordinates;
    const look = properties.kind === "helper" ? properties.role : properties.state;
    const layer = L.circleMarker([lat, lon], { radius: radius(properties), className: `spot spot-${look}`, stroke: true });
    layer.addTo(map);
    const spot = { feature, layer };
    if (properties.kind === "helper") helpers.set(properties.id, layer);
    const path = layer.getElement();
    path.setAttribute("tabindex", spots.length ? "-1" : "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", properties.label);
    layer.on("click", () => choose(spot));
    path.addEventListener("focus", () => say(feature));
    spots.push(spot);
    return [lat, lon];
  };

  const go = (from, step) => {
    const to = (from + step + spots.length) % spots.length;
    spots[from].layer.getElement().setAttribute("tabindex", "-1");
    const path = spots[to].layer.getElement();
    path.setAttribute("tabindex", "0");
    path.focus();
    map.panInside(spots[to].layer.getLatLng(), { padding: [40, 40] });
  };

  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  place.addEventListener("keydown", (event) => {
    const at = spots.findIndex((spot) => spot.layer.getElement() === event.target);
    if (at < 0) return;
    if (event.key in STEPS) go(at, STEPS[event.key]);
    else if (event.key === "Enter" && spots[at].feature.properties.kind === "household") choose(spots[at]);
    else if (event.key === "Enter") window.location.assign(spots[at].feature.properties.address);
    else if (event.key === " ") choose(spots[at]);
    else return;
    event.preventDefault();
  });

  const show = async () => {
    const answer = await fetch(place.dataset.features, { headers: { Accept: "application/geo+json" } });
    if (!answer.ok) throw new Error(String(answer.status));
    const { features } = await answer.json();
    const points = features.map(draw);
    // Some helpers set out from far away: the map opens on the homes.
    const homes = points.filter((_point, at) => features[at].properties.kind !== "helper");
    if (homes.length) map.fitBounds(homes, { padding: [24, 24], maxZoom: 15 });
    else said.textContent = place.dataset.empty;
    place.dataset.ready = "1";
  };
  show().catch((error) => {
    said.textContent = place.dataset.empty;
    console.error(error);
  });
})();
